"""Amending a parameter: one person proposes, another decides, the public log tells."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.nomenclature import acts, rules
from kawal.nomenclature.facts import ParameterDraft, ProposalFacts
from kawal.nomenclature.models import Parameter
from kawal.nomenclature.queries.parameters import as_proposal
from kawal.nomenclature.registry import declared
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.trail import actions as trail


@transaction.atomic
def propose_parameter(draft: ParameterDraft, *, actor: Actor) -> ProposalFacts:
    """Propose a value of a parameter from a day on.

    :raises Refused: with every reason.
    """
    require(actor, acts.AMEND)
    known = declared().get(draft.key)
    waiting = Parameter.objects.filter(key=draft.key, state="proposed").exists()
    if reasons := rules.may_propose(draft, known, waiting=waiting):
        raise Refused(reasons)
    row = Parameter.objects.create(
        key=draft.key,
        number=draft.number,
        text=draft.text.strip(),
        unit=known.unit if known else "",
        valid_from=draft.valid_from,
        legal_basis=draft.legal_basis.strip(),
        certainty=draft.certainty.value,
        proposed_by_id=_person(actor),
        proposed_at=actor.at,
    )
    return as_proposal(row)


@transaction.atomic
def decide_parameter(proposal_id: int, *, approve: bool, actor: Actor) -> ProposalFacts:
    """Approve or reject an amendment; approved, it ends what held before it.

    :raises NotThere: when there is no such proposal.
    :raises Refused: with every reason.
    """
    require(actor, acts.AMEND)
    row = Parameter.objects.select_for_update().filter(pk=proposal_id).first()
    if row is None:
        raise NotThere(f"proposal {proposal_id}")
    person = _person(actor)
    reasons = rules.may_decide(row.state, row.proposed_by_id, person)
    if approve:
        reasons += _end_the_one_before(row)
    if reasons:
        raise Refused(reasons)
    row.state = "made" if approve else "rejected"
    row.decided_by_id, row.decided_at = person, actor.at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    if approve:
        _tell(row, actor)
    return as_proposal(row)


def _end_the_one_before(row: Parameter) -> list[Reason]:
    """End the value in force the day before; refuse what begins before an amended value does."""
    made = Parameter.objects.select_for_update().filter(key=row.key, state="made")
    if made.filter(valid_from__gte=row.valid_from).exists():
        text = N_("Nilai yang mulai pada atau sesudah tanggal ini sudah ditetapkan.")
        return [Reason("nomenclature.later_value", text, at="valid_from")]
    made.filter(valid_until=None).update(valid_until=row.valid_from - timedelta(days=1))
    return []


def _tell(row: Parameter, actor: Actor) -> None:
    names = identity.names([row.proposed_by_id, row.decided_by_id or 0])
    facts = {
        "key": row.key,
        "value": row.text or f"{(row.number or Decimal(0)).normalize():f}",
        "unit": row.unit or None,
        "valid_from": row.valid_from,
        "legal_basis": row.legal_basis,
        "certainty": row.certainty,
        "proposed_by": names[row.proposed_by_id],
        "decided_by": names[row.decided_by_id or 0],
    }
    trail.append("parameter.amended", facts, at=actor.at)


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Refused([Reason("nomenclature.nobody", N_("Masuklah dahulu."))])
    return actor.person_id
