"""The promise that only triggers write a table: what it says is always derived from others."""

from typing import Any

import pgtrigger

MARK = "kept_by_triggers"


def kept_by_triggers() -> list[Any]:
    """Return the triggers for ``Meta.triggers`` of a table that no statement may write itself.

    They stop everybody, the owner too; ``kawal_app`` has only SELECT (``config.grants`` reads the
    mark). The trigger that writes it belongs to the owner and is SECURITY DEFINER.
    """
    return [
        pgtrigger.Protect(
            name=MARK,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            condition=pgtrigger.Condition("pg_trigger_depth() < 1"),
        ),
        pgtrigger.Trigger(  # row triggers do not see TRUNCATE
            name=f"{MARK}_truncate",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;",
        ),
    ]


def is_kept_by_triggers(model: Any) -> bool:
    """Tell whether a model's table carries the mark."""
    return any(trigger.name == MARK for trigger in getattr(model._meta, "triggers", []))
