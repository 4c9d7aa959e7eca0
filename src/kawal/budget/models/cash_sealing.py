"""Triggers of cash plans and SPD: they begin as drafts, take known steps, and then stay."""

from typing import Any

import pgtrigger

from kawal.budget.facts.machines import PLAN, SPD
from kawal.kernel.append_only import never_truncated
from kawal.regions.models.guards import begins_at_first, changed, never_deleted, refuse_update

Rows: Any = pgtrigger.Referencing
FOREIGN = {  # what a line of each document may not be
    "budget_cashplan": "s.unit_id <> d.unit_id",
    "budget_spd": "s.kind = 'revenue'",
}
PLAN_STEPS = f"""{PLAN.refuses()}
                    AND (OLD.state, NEW.state, NEW.record) <> ('draft', 'validated', 'sipd')"""
ON_THE_WAY = "NEW.state <> 'draft' AND OLD.state <> 'draft'"


def plan_steps() -> list[Any]:
    """Return a plan's triggers: a draft first, known steps, signatures kept, amounts as enacted."""
    return [
        begins_at_first(PLAN),
        *never_deleted(),
        refuse_update(
            "only_steps_on",
            (PLAN_STEPS, "do not take such a step"),
            (changed("year_id", "unit_id", "number", "based_on_id"), "are never rewritten"),
            (f"{ON_THE_WAY} AND ({_resigned()})", "keep their signatures"),
        ),
        pgtrigger.Trigger(
            name="plans_what_is_enacted",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func="""
                IF NEW.state NOT IN ('draft', 'dropped') AND NEW.state <> OLD.state THEN
                    PERFORM budget_plan_fits(NEW.id, NEW.year_id, NEW.unit_id);
                END IF;
                RETURN NEW;
            """,
        ),
    ]


def _resigned() -> str:
    return " OR ".join(
        f"(OLD.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
        for name in ("submitted_by_id", "pa_by_id", "sekda_by_id")
    )


def spd_steps() -> list[Any]:
    """Return an SPD's triggers: a draft first, signed or dropped once, and then never changed."""
    return [
        begins_at_first(SPD),
        *never_deleted(),
        refuse_update(
            "only_steps_on",
            (SPD.refuses(), "do not take such a step"),
            (changed("year_id", "agency_id", "drafted_at"), "are never rewritten"),
        ),
    ]


def drafts_only(table: str, key: str) -> list[Any]:
    """Return triggers that refuse every change to rows whose document is no draft any more.

    The documents are locked first: whoever signs one waits for us, or we for him and then see it.
    """
    come, gone = (f"SELECT {key} FROM {rows}" for rows in ("come", "gone"))  # noqa: S608 - ours
    events: tuple[tuple[str, Any, Any, str], ...] = (
        ("insert", pgtrigger.Insert, Rows(new="come"), come),
        ("delete", pgtrigger.Delete, Rows(old="gone"), gone),
        ("update", pgtrigger.Update, Rows(old="gone", new="come"), f"{come} UNION {gone}"),
    )
    return [
        never_truncated("never_emptied"),
        *(_draft(table, key, name, event, rows, ids) for name, event, rows, ids in events),
    ]


def _draft(table: str, key: str, name: str, event: Any, rows: Any, ids: str) -> Any:
    belong = "" if name == "delete" else _belong(table, key)
    return pgtrigger.Trigger(
        name=f"drafts_only_{name}",
        operation=event,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        referencing=rows,
        func=f"""
                PERFORM FROM {table} WHERE id IN ({ids}) ORDER BY id FOR SHARE;
                IF EXISTS (SELECT FROM {table} WHERE id IN ({ids}) AND state <> 'draft') THEN
                    RAISE EXCEPTION '% of what is no draft never change', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;{belong}
                RETURN NULL;
            """,
    )


def _belong(table: str, key: str) -> str:
    return f"""
                IF EXISTS (
                    SELECT FROM come c JOIN {table} d ON d.id = c.{key}
                    JOIN budget_line l ON l.id = c.line_id JOIN budget_sheet s ON s.id = l.sheet_id
                    WHERE s.year_id <> d.year_id OR {FOREIGN[table]}
                ) THEN
                    RAISE EXCEPTION '% of another year, unit or kind', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;"""
