"""Triggers: a version is whole when it is made, seals exact sums; a DPA is signed step by step."""

from collections.abc import Sequence
from typing import Any

import pgtrigger

from kawal.budget.facts.machines import DPA
from kawal.regions.models.guards import begins_at_first, changed, never_deleted, refuse_update

Rows: Any = pgtrigger.Referencing
BROKEN = "USING ERRCODE = 'integrity_constraint_violation'"


def sealed_with_its_sum() -> Any:
    """Return a revision's trigger: it is sealed with the sum of its lines, to the sen."""
    return pgtrigger.Trigger(
        name="sealed_with_its_sum",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("NEW.state = 'sealed' AND OLD.state <> 'sealed'"),
        func=f"""
                IF NEW.total IS DISTINCT FROM (
                    SELECT coalesce(sum(amount), 0) FROM budget_revisionline
                    WHERE revision_id = NEW.id
                ) THEN
                    RAISE EXCEPTION 'a revision is sealed with the sum of its lines' {BROKEN};
                END IF;
                RETURN NEW;
        """,  # noqa: S608 - every part is ours
    )


def before_their_version() -> Any:
    """Return the trigger of a version's sheets: they come before it, sealed, each of its sheet.

    Foreign keys are checked at the end, so the version itself is written last; once it is there
    nobody adds a sheet to it.
    """
    return pgtrigger.Trigger(
        name="before_their_version",
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        referencing=Rows(new="come"),
        func=f"""
                IF EXISTS (SELECT FROM come JOIN budget_version v ON v.id = come.version_id) THEN
                    RAISE EXCEPTION 'an enacted version takes no other sheet' {BROKEN};
                END IF;
                IF EXISTS (
                    SELECT FROM come JOIN budget_revision r ON r.id = come.revision_id
                    WHERE r.state <> 'sealed' OR r.sheet_id <> come.sheet_id
                ) THEN
                    RAISE EXCEPTION 'a version holds sealed revisions of its sheets' {BROKEN};
                END IF;
                RETURN NULL;
        """,  # noqa: S608 - every part is ours
    )


def whole_when_made() -> Any:
    """Return a version's trigger: it follows its parent and holds all its sheets, of its year."""
    return pgtrigger.Trigger(
        name="whole_when_made",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        func=f"""
                IF NOT EXISTS (SELECT FROM budget_versionsheet WHERE version_id = NEW.id)
                OR EXISTS (
                    SELECT FROM budget_versionsheet h JOIN budget_sheet s ON s.id = h.sheet_id
                    WHERE h.version_id = NEW.id AND s.year_id <> NEW.year_id
                ) THEN
                    RAISE EXCEPTION 'a version holds sheets of its own year' {BROKEN};
                END IF;
                IF NEW.parent_id IS NOT NULL AND (
                    NOT EXISTS (
                        SELECT FROM budget_version p WHERE p.id = NEW.parent_id
                            AND p.year_id = NEW.year_id AND p.number = NEW.number - 1
                    ) OR EXISTS (
                        SELECT sheet_id FROM budget_versionsheet WHERE version_id = NEW.parent_id
                        EXCEPT
                        SELECT sheet_id FROM budget_versionsheet WHERE version_id = NEW.id
                    )
                ) THEN
                    RAISE EXCEPTION 'a version follows the one before it, whole' {BROKEN};
                END IF;
                RETURN NULL;
        """,  # noqa: S608 - every part is ours
    )


def steps_are_signed_once(states: Sequence[str]) -> list[Any]:
    """Return a DPA's triggers: it goes on by one step, and what was signed stays signed."""
    signed = [f"{state}_{what}" for state in states for what in ("at", "by_id")]
    again = " OR ".join(
        f"(OLD.{one} IS NOT NULL AND NEW.{one} IS DISTINCT FROM OLD.{one})" for one in signed
    )
    return [
        *never_deleted(),
        refuse_update(
            "only_signed_on",
            (DPA.refuses(), "are signed step by step"),
            (changed("version_id", "agency_id", "total", "record"), "are never rewritten"),
            (again, "stay signed"),
        ),
        begins_at_first(DPA),
    ]
