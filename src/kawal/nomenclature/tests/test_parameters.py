"""Parameters of the law: what the product came with, and amendments by two persons."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.kernel.refusals import NotThere, Refused
from kawal.nomenclature import actions, queries, registry
from kawal.nomenclature.facts import Certainty, ParameterDraft
from kawal.nomenclature.models import Parameter
from kawal.nomenclature.registry import Declared, Default
from kawal.regions.facts import Acting, Actor, AppointmentFacts, Role
from kawal.trail.models import Leaf

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
KEY = "trial.health_share"
OLD = Default(
    date(2020, 1, 1), "UU 36/2009", Certainty.RECALLED, Decimal(10), valid_until=date(2023, 8, 7)
)
NOW = Default(date(2024, 1, 1), "UU 17/2023", Certainty.UNVERIFIED, Decimal(0))


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_declared", {})
    registry.declare(Declared(KEY, "Porsi kesehatan", "%", (OLD, NOW)))
    yield


def actor(name: str, role: Role = Role.PENGELOLA_SISTEM) -> Actor:
    person = identity.register_person(PersonDraft(name=name), at=NOON).id
    held = AppointmentFacts(
        1, person, role, None, Acting.DEFINITIVE, date(2026, 1, 1), None, frozenset()
    )
    return Actor(person, None, (held,), NOON)


def a_draft(**changes: object) -> ParameterDraft:
    values: dict[str, object] = {
        "key": KEY,
        "number": Decimal("12.5"),
        "text": "",
        "valid_from": date(2027, 1, 1),
        "legal_basis": "Perda 1/2026",
        "certainty": Certainty.VERIFIED,
    }
    return ParameterDraft(**(values | changes))  # type: ignore[arg-type]


def test_what_the_product_came_with_holds_by_day():
    assert queries.parameter(KEY, date(2023, 8, 7)).number == 10
    assert queries.parameter(KEY, date(2024, 1, 1)).certainty is Certainty.UNVERIFIED
    with pytest.raises(NotThere):
        queries.parameter(KEY, date(2023, 8, 8))
    with pytest.raises(LookupError):
        queries.parameter("trial.nothing", date(2024, 1, 1))


def test_an_amendment_holds_once_a_second_person_approves_and_the_log_tells():
    first, second = actor("Ani Lubis"), actor("Tono Sembiring")
    waiting = actions.propose_parameter(a_draft(), actor=first)
    assert queries.parameter(KEY, date(2027, 1, 1)).number == 0
    with pytest.raises(Refused) as refused:
        actions.decide_parameter(waiting.id, approve=True, actor=first)
    assert [reason.code for reason in refused.value.reasons] == ["nomenclature.own_proposal"]
    actions.decide_parameter(waiting.id, approve=True, actor=second)
    assert queries.parameter(KEY, date(2026, 12, 31)).number == 0
    held = queries.parameter(KEY, date(2027, 1, 1))
    assert (held.number, held.unit, held.legal_basis) == (Decimal("12.5"), "%", "Perda 1/2026")
    leaf = bytes(Leaf.objects.get().canonical)
    assert b"Ani Lubis" in leaf
    assert b'"12.5"' in leaf
    later = actions.propose_parameter(a_draft(valid_from=date(2028, 1, 1)), actor=second)
    actions.decide_parameter(later.id, approve=True, actor=first)
    assert queries.parameter(KEY, date(2027, 12, 31)).id == waiting.id
    assert queries.parameter(KEY, date(2028, 1, 1)).id == later.id


def test_a_rejected_amendment_never_holds_and_cannot_be_decided_again():
    first, second = actor("Ani Lubis"), actor("Tono Sembiring")
    waiting = actions.propose_parameter(a_draft(), actor=first)
    actions.decide_parameter(waiting.id, approve=False, actor=second)
    assert queries.parameter(KEY, date(2027, 1, 1)).number == 0
    with pytest.raises(Refused, match="sudah diputuskan"):
        actions.decide_parameter(waiting.id, approve=True, actor=second)


def test_every_reason_is_told_at_once():
    first = actor("Ani Lubis")
    actions.propose_parameter(a_draft(), actor=first)
    with pytest.raises(Refused) as refused:
        actions.propose_parameter(a_draft(number=None, text="x", legal_basis=" "), actor=first)
    codes = [reason.code.removeprefix("nomenclature.") for reason in refused.value.reasons]
    assert codes == ["no_value", "no_basis", "waiting"]


def test_who_has_no_such_post_is_refused():
    with pytest.raises(Refused):
        actions.propose_parameter(a_draft(), actor=actor("Joko", Role.PPTK))


def test_the_database_refuses_one_person_in_both_places():
    first = actor("Ani Lubis")
    waiting = actions.propose_parameter(a_draft(), actor=first)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Parameter.objects.filter(pk=waiting.id).update(
            state="made", decided_by_id=first.person_id, decided_at=NOON
        )


def test_a_number_without_any_value_holds_nothing_until_it_is_amended():
    registry.declare(Declared("trial.yearly", "Batas tahunan", "%", ()))
    with pytest.raises(NotThere):
        queries.parameter("trial.yearly", date(2027, 1, 1))
    first, second = actor("Ani Lubis"), actor("Tono Sembiring")
    draft = a_draft(key="trial.yearly", number=Decimal("4.5"))
    waiting = actions.propose_parameter(draft, actor=first)
    actions.decide_parameter(waiting.id, approve=True, actor=second)
    assert queries.parameter("trial.yearly", date(2027, 1, 1)).number == Decimal("4.5")


def test_a_key_is_declared_once_with_numbers_or_texts():
    with pytest.raises(ValueError, match="twice"):
        registry.declare(Declared(KEY, "Lagi", "%", (OLD,)))
    with pytest.raises(ValueError, match="a number or a text"):
        registry.declare(
            Declared("trial.x", "X", "", (Default(date(2024, 1, 1), "UU", Certainty.VERIFIED),))
        )
