"""A component written right below another one, as it was typed, and not at the end of its line."""

from django.db import transaction
from django.db.models import F

from kawal.budget.actions.rka import put_component
from kawal.budget.facts import ComponentDraft, Saved
from kawal.budget.models import Component
from kawal.regions.facts import Actor


@transaction.atomic
def put_component_after(
    revision_id: int,
    draft: ComponentDraft,
    *,
    account_id: int,
    fund_id: int,
    component_id: int | None = None,
    after_id: int | None = None,
    read: int,
    actor: Actor,
) -> Saved:
    """Write a component as :func:`put_component` does; a new one stands below ``after_id``.

    Where that one is not in the same line, the new one stands at the end.

    :raises NotThere, Refused, StaleDraft: nothing is saved then.
    """
    saved = put_component(
        revision_id,
        draft,
        account_id=account_id,
        fund_id=fund_id,
        component_id=component_id,
        read=read,
        actor=actor,
    )
    if component_id is None and after_id is not None and saved.component_id is not None:
        _move(saved.component_id, after_id)
    return saved


def _move(component_id: int, after_id: int) -> None:
    new = Component.objects.get(pk=component_id)
    line = Component.objects.filter(revision_line=new.revision_line_id)
    above = line.filter(pk=after_id).first()
    below = line.exclude(pk=component_id)
    if above is None or not (below := below.filter(position__gt=above.position)).exists():
        return
    below.update(position=F("position") + 1)
    line.filter(pk=component_id).update(position=above.position + 1)
