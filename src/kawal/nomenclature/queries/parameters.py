"""What a rate, limit or deadline of the law is on a day, and what was proposed about it."""

from datetime import date

from kawal.kernel.refusals import NotThere
from kawal.nomenclature.facts import Certainty, ParameterFacts, ProposalFacts
from kawal.nomenclature.models import Parameter
from kawal.nomenclature.registry import declared
from kawal.regions.models.dated import on as held_on


def parameter(key: str, on: date) -> ParameterFacts:
    """Return a parameter's value on a day: as amended here, else as the product came with it.

    :raises LookupError: when no module declared the key.
    :raises NotThere: when no value holds on the day.
    """
    known = declared()
    if key not in known:
        raise LookupError(f"parameter {key!r} was never declared")
    row = Parameter.objects.filter(held_on(on), key=key, state="made").first()
    if row is not None:
        return _facts(row)
    default = known[key].default(on)
    if default is None:
        raise NotThere(f"parameter {key} on {on}")
    return default


def parameters(on: date) -> list[ParameterFacts]:
    """Return every declared parameter that has a value on a day, by key."""
    made = {row.key: row for row in Parameter.objects.filter(held_on(on), state="made")}
    found = [
        _facts(made[key]) if key in made else one.default(on) for key, one in declared().items()
    ]
    return [facts for facts in found if facts is not None]


def proposals(key: str = "") -> list[ProposalFacts]:
    """Return what was proposed, the newest first; of one parameter, or all that wait."""
    rows = Parameter.objects.order_by("-proposed_at", "-pk")
    rows = rows.filter(key=key) if key else rows.filter(state="proposed")
    return [as_proposal(row) for row in rows]


def as_proposal(row: Parameter) -> ProposalFacts:
    """Return an amendment as facts."""
    return ProposalFacts(
        row.pk,
        row.state,
        _facts(row),
        row.proposed_by_id,
        row.proposed_at,
        row.decided_by_id,
        row.decided_at,
    )


def _facts(row: Parameter) -> ParameterFacts:
    known = declared().get(row.key)
    return ParameterFacts(
        row.key,
        known.label if known else row.key,
        row.number,
        row.text,
        row.unit,
        row.valid_from,
        row.valid_until,
        row.legal_basis,
        Certainty(row.certainty),
        row.pk,
    )
