"""Triggers: only a draft is rewritten, and a line's amount is the sum of its components."""

from typing import Any

import pgtrigger

from kawal.budget.facts.machines import REVISION
from kawal.kernel.append_only import never_truncated
from kawal.regions.models.guards import begins_at_first, changed, never_deleted, refuse_update

Rows: Any = pgtrigger.Referencing
EVENTS: tuple[tuple[str, Any, Any], ...] = (
    ("insert", pgtrigger.Insert, Rows(new="rows")),
    ("delete", pgtrigger.Delete, Rows(old="rows")),
)
BOTH = Rows(old="gone", new="come")
EITHER = "(SELECT * FROM gone UNION ALL SELECT * FROM come)"
HELD, LINES = ("held", "bigint[]"), ("lines", "bigint[]")


def _raise(revisions: str) -> str:
    """Return the SQL that refuses when one of the revisions is no draft: sent in, or sealed.

    They are locked first: whoever takes a step waits for us, or we for him and then see it.
    """
    return f"""
                held := ARRAY({revisions});
                PERFORM 1 FROM budget_revision WHERE id = ANY (held) ORDER BY id FOR SHARE;
                IF EXISTS (
                    SELECT 1 FROM budget_revision WHERE id = ANY (held) AND state <> 'draft'
                ) THEN
                    RAISE EXCEPTION '% of a revision sent in or sealed never changes',
                        TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;"""  # noqa: S608 - every part is ours


def _after(name: str, operation: Any, referencing: Any, body: str) -> Any:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        referencing=referencing,
        declare=[HELD, LINES] if "lines :=" in body else [HELD],
        func=f"{body}\n                RETURN NULL;",
    )


def refuse_sealed() -> list[Any]:
    """Return triggers that refuse every change to rows of a revision that is no draft.

    Whole statements are looked at once, so that copying a large budget costs one query.
    """

    def body(rows: str) -> str:
        return _raise(f"SELECT DISTINCT revision_id FROM {rows} rows")  # noqa: S608 - ours

    return [
        never_truncated("never_emptied"),
        *(_after(f"unsealed_{n}", op, ref, body("rows")) for n, op, ref in EVENTS),
        _after("unsealed_update", pgtrigger.Update, BOTH, body(EITHER)),
    ]


def amount_is_the_database_s() -> list[Any]:
    """Return triggers: nobody but the components' trigger writes a line's amount."""
    return [
        pgtrigger.Trigger(
            name="begins_at_zero",
            operation=pgtrigger.Insert,
            when=pgtrigger.Before,
            func="NEW.amount := 0; RETURN NEW;",
        ),
        refuse_update(
            "amount_follows",
            ("pg_trigger_depth() < 2 AND NEW.amount <> OLD.amount", "take their sums themselves"),
            (changed("revision_id", "line_id"), "stay where they are"),
        ),
    ]


def amounts_follow() -> list[Any]:
    """Return a component's triggers: only a draft's change; the line's amount is summed again.

    The ids are gathered first and each line's components are then found by the index. A plan that
    joins the statement's rows to all components of all years reads them all, for every sheet; and
    a session keeps the plan that fitted its first statement.
    """

    def summed(rows: str) -> str:
        held = _raise("SELECT DISTINCT revision_id FROM budget_revisionline WHERE id = ANY (lines)")
        return f"""
                lines := ARRAY(SELECT DISTINCT revision_line_id FROM {rows} rows);{held}
                UPDATE budget_revisionline l SET amount = s.amount
                FROM unnest(lines) AS t (id) CROSS JOIN LATERAL (
                    SELECT coalesce(sum(c.amount), 0) AS amount
                    FROM budget_component c WHERE c.revision_line_id = t.id
                ) s
                WHERE l.id = t.id AND l.amount <> s.amount;"""  # noqa: S608 - ours

    return [
        never_truncated("never_emptied"),
        *(_after(f"summed_{n}", op, ref, summed("rows")) for n, op, ref in EVENTS),
        _after("summed_update", pgtrigger.Update, BOTH, summed(EITHER)),
    ]


HEADER = (
    "places",
    "place_text",
    "first_month",
    "last_month",
    "target_group",
    "last_year",
    "next_year",
    "labels",
    "changed_at",
    "changed_by_id",
)


def sealed_for_ever() -> list[Any]:
    """Return a revision's triggers: known steps only; its header is written while it is a draft.

    Once sealed or dropped it never changes.
    """
    return [
        *never_deleted(),
        refuse_update(
            "only_steps_on",
            (REVISION.refuses(), "do not take such a step"),
            (changed("sheet_id", "number", "based_on_id"), "are never rewritten"),
            (f"OLD.state <> 'draft' AND ({changed(*HEADER)})", "sent in or sealed never change"),
        ),
        begins_at_first(REVISION),
    ]
