"""The promise that only triggers write a table: what it says is always derived from others."""

from typing import Any

import pgtrigger

from kawal.kernel.append_only import never_truncated

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
        never_truncated(f"{MARK}_truncate"),
    ]


def is_kept_by_triggers(model: Any) -> bool:
    """Tell whether a model's table carries the mark."""
    return any(trigger.name == MARK for trigger in getattr(model._meta, "triggers", []))
