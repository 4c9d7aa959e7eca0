"""The promise that a table's rows are never changed: triggers, and grants read from the mark."""

from typing import Any

import pgtrigger

MARK = "append_only"


def append_only() -> list[Any]:
    """Return the triggers for ``Meta.triggers`` of a table that only grows.

    They stop everybody, the owner too, from UPDATE, DELETE and TRUNCATE; ``kawal_app`` loses the
    privileges themselves as well (``config.grants`` reads the mark).
    """
    return [
        pgtrigger.Protect(name=MARK, operation=pgtrigger.Update | pgtrigger.Delete),
        never_truncated(f"{MARK}_truncate"),
    ]


def never_truncated(name: str) -> Any:
    """Return a trigger of this name that refuses TRUNCATE, which row triggers do not see."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;",
    )


def is_append_only(model: Any) -> bool:
    """Tell whether a model's table carries the mark."""
    return any(trigger.name == MARK for trigger in getattr(model._meta, "triggers", []))
