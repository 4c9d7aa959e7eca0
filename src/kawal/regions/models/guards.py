"""Triggers by which rows stay: never deleted, never rewritten, closed but not reopened."""

from typing import Any

import pgtrigger

from kawal.kernel.append_only import never_truncated
from kawal.kernel.machines import Machine


def never_deleted() -> list[Any]:
    """Return triggers: no row of the table ever goes."""
    return [
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        never_truncated("never_emptied"),
    ]


def changed(*columns: str) -> str:
    """Return the SQL that tells whether one of the columns changes."""
    return " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns)


def refuse_update(name: str, *cases: tuple[str, str]) -> Any:
    """Return a trigger that refuses an UPDATE in each case: a condition, and what breaks."""
    checks = "\n".join(
        f"""
                IF {condition} THEN
                    RAISE EXCEPTION '% rows {broken}', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;"""
        for condition, broken in cases
    )
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"{checks}\n                RETURN NEW;",
    )


def begins_at_first(machine: Machine, column: str = "state", *, says: str = "") -> Any:
    """Return a trigger: every row begins in the machine's first state.

    ``says`` is what the database answers otherwise, with ``%`` for the table's name.
    """
    return pgtrigger.Trigger(
        name="begins_at_first",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
                IF NEW.{column} <> '{machine.first}' THEN
                    RAISE EXCEPTION '{says or f"% rows begin as {machine.first}"}', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            """,
    )


def known_steps(machine: Machine, *fixed: str, column: str = "state") -> list[Any]:
    """Return triggers: rows begin in the machine's first state and take only its moves.

    They are never deleted; the ``fixed`` columns are never rewritten.
    """
    cases = [(machine.refuses(column), "do not take such a step")]
    if fixed:
        cases.append((changed(*fixed), "are never rewritten"))
    return [
        *never_deleted(),
        begins_at_first(machine, column),
        refuse_update("known_steps", *cases),
    ]


def may_only_be_closed(*fixed: str) -> list[Any]:
    """Return triggers: a row is never deleted, and of its columns only the others may change.

    A last day, once set, may be brought forward but never moved later: what is over stays over.
    """
    reopened = (
        "OLD.valid_until IS NOT NULL"
        " AND (NEW.valid_until IS NULL OR NEW.valid_until > OLD.valid_until)"
    )
    return [
        *never_deleted(),
        refuse_update(
            "only_closed",
            (changed(*fixed), "are never rewritten"),
            (reopened, "are never reopened"),
        ),
    ]


def written_once(fixed: tuple[str, ...], once: tuple[str, ...]) -> list[Any]:
    """Return triggers: ``fixed`` columns never change, ``once`` ones only from nothing."""
    again = " OR ".join(
        f'(OLD."{column}" IS NOT NULL AND NEW."{column}" IS DISTINCT FROM OLD."{column}")'
        for column in once
    )
    return [
        *never_deleted(),
        refuse_update("written_once", (f"{changed(*fixed)} OR {again}", "are never rewritten")),
    ]
