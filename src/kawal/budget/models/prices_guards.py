"""Triggers of prices: known steps only, never rewritten, and what is over stays over."""

from typing import Any

import pgtrigger

from kawal.budget.facts.machines import PRICE
from kawal.regions.models.guards import begins_at_first, changed, may_only_be_closed, refuse_update

Rows: Any = pgtrigger.Referencing
FIXED = (
    "item_id",
    "price",
    "valid_from",
    "legal_basis",
    "letter",
    "note",
    "agency_id",
    "batch",
    "proposed_by_id",
    "proposed_at",
)
DECIDED = ("checked_by_id", "checked_at", "approved_by_id", "approved_at", "rejected_by_id")
NO_STEP = f"""{PRICE.refuses()}
                    AND (OLD.batch IS NULL OR (OLD.state, NEW.state) <> ('proposed', 'approved'))"""
UNASKED = """OLD.state = 'proposed' AND NEW.state = 'rejected' AND NEW.checked_by_id IS NOT NULL"""
REWRITTEN = f"OLD.checked_by_id IS NOT NULL AND ({changed('checked_by_id', 'checked_at')})"
AFTER = f"""OLD.state = 'approved' AND ({changed(*DECIDED, "rejected_at", "reason")})"""


def guarded() -> list[Any]:
    """Return a price's triggers."""
    return [
        *may_only_be_closed(*FIXED),
        refuse_update(
            "only_steps_on",
            (NO_STEP, "do not take such a step"),
            (UNASKED, "keep who checked them"),
            (REWRITTEN, "keep who checked them"),
            (AFTER, "keep who approved them"),
        ),
        begins_at_first(PRICE, says="% begins as a proposal"),
    ]


def settled_with_the_price() -> Any:
    """Return the trigger: accounts come with a proposal; nobody adds one after it was checked."""
    return pgtrigger.Trigger(
        name="before_it_is_checked",
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        referencing=Rows(new="rows"),
        func="""
                IF EXISTS (
                    SELECT 1 FROM rows JOIN budget_price p ON p.id = rows.price_id
                    WHERE p.state <> 'proposed'
                ) THEN
                    RAISE EXCEPTION 'accounts of a checked price never change'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NULL;
            """,
    )
