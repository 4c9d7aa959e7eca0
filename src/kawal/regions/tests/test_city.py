"""Regions taken in, the city's working time, what the public may see, and emergencies."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kawal.kernel.refusals import NotThere, Refused
from kawal.regions import actions, queries
from kawal.regions.actions.intake import Taken, kind_of
from kawal.regions.facts import CityFacts, RegionKind, Role
from kawal.regions.models import BreakGlass, RegionVersion
from kawal.regions.tests.conftest import (
    BINJAI,
    NEW_YEAR,
    NOON,
    TODAY,
    acting,
    refusal_codes,
    told,
)


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("12", "Sumatera Utara", RegionKind.PROVINSI),
        ("12.19", "Kabupaten Batu Bara", RegionKind.KABUPATEN),
        ("12.75", "Kota Binjai", RegionKind.KOTA),
        ("12.75.01", "Binjai Utara", RegionKind.KECAMATAN),
        ("12.75.01.1001", "Pahlawan", RegionKind.KELURAHAN),
        ("12.19.01.2003", "Aek Nauli", RegionKind.DESA),
        ("91.03.01.3001", "Kampung Adat", RegionKind.DESA),
    ],
)
def test_a_code_tells_its_level(code: str, name: str, kind: RegionKind):
    assert kind_of(code, name) is kind


def record(rows: list[tuple[str, str]], on: date = NEW_YEAR) -> Taken:
    return actions.record_regions(rows, valid_from=on, legal_basis="Kepmendagri", at=NOON)


@pytest.mark.django_db
class TestRegions:
    """Regions as they are recorded."""

    def test_a_second_time_changes_nothing(self):
        assert record(BINJAI) == Taken(6, 0, 0)
        assert record(BINJAI) == Taken(0, 0, 6)
        below = queries.regions_below("12.75", NEW_YEAR)
        assert [region.code for region in below] == [
            "12.75.01",
            "12.75.01.1001",
            "12.75.02",
            "12.75.02.1001",
        ]
        assert below[1].parent_id == below[0].id
        assert [r.name for r in queries.regions_of_kind(RegionKind.KECAMATAN, NEW_YEAR)] == [
            "Binjai Utara",
            "Binjai Kota",
        ]

    def test_a_new_name_is_a_new_version_of_the_same_region(self):
        record(BINJAI)
        before = queries.region_by_code("12.75.01.1001", NEW_YEAR)
        assert record([("12.75.01.1001", "Pahlawan Baru")], date(2026, 7, 1)) == Taken(0, 1, 0)
        after = queries.region_by_code("12.75.01.1001", date(2026, 7, 1))
        assert (after.id, after.name, after.parent_id) == (
            before.id,
            "Pahlawan Baru",
            before.parent_id,
        )
        assert queries.region(before.id, date(2026, 6, 30)).name == "Pahlawan"

    def test_what_cannot_be_taken_is_named_and_nothing_is_recorded(self):
        record(BINJAI)
        rows = [
            ("12.75.03.1001", "Tanpa kecamatan"),
            ("12.75.04", "Binjai Timur"),
            ("12.75.04", "Binjai Tenggara"),
            ("12.75.01", "Binjai Utara Sekali"),
        ]
        with pytest.raises(Refused) as refused:
            record(rows)
        assert refusal_codes(refused) == ["orphan", "double", "same_day"]
        assert RegionVersion.objects.count() == 6

    def test_an_orphans_children_are_orphans_too(self):
        with pytest.raises(Refused) as refused:
            record([("13.01.01.2001", "Desa"), ("13.01.01", "Kecamatan"), ("13.01", "Kabupaten")])
        assert refusal_codes(refused) == ["orphan"] * 3


class TestCalendar:
    """Holidays and office hours."""

    def test_holidays_come_and_go_by_decree(self, city: CityFacts, ani: int):
        christmas = date(2026, 12, 25)
        for name in ("Natal", "Hari Raya Natal"):
            actions.set_holiday(christmas, name, legal_basis="SKB 2026", actor=acting(ani))
        assert queries.holidays() == {christmas: "Hari Raya Natal"}
        assert not queries.calendar().is_working_day(christmas)
        actions.cancel_holiday(christmas, legal_basis="SKB perubahan", actor=acting(ani))
        assert queries.calendar().is_working_day(christmas)
        with pytest.raises(NotThere):
            actions.cancel_holiday(christmas, legal_basis="SKB", actor=acting(ani))

    def test_ramadan_interrupts_the_week_and_the_week_resumes(self, city: CityFacts, ani: int):
        usual = {day: [(480, 720), (780, 990)] for day in range(5)}
        actions.set_working_week(
            "Biasa", usual, valid_from=NEW_YEAR, legal_basis="Perpres 21/2023", actor=acting(ani)
        )
        actions.set_working_week(
            "Ramadan",
            {day: [(480, 900)] for day in range(5)},
            valid_from=date(2026, 2, 18),
            valid_until=date(2026, 3, 19),
            legal_basis="SE Wali Kota",
            actor=acting(ani),
        )
        calendar = queries.calendar()
        morning, afternoon = (time(8), time(12)), (time(13), time(16, 30))
        assert calendar.hours_of(date(2026, 2, 17)) == (morning, afternoon)
        assert calendar.hours_of(date(2026, 2, 18)) == ((time(8), time(15)),)
        assert calendar.hours_of(date(2026, 3, 19)) == ((time(8), time(15)),)
        assert calendar.hours_of(date(2026, 3, 20)) == (morning, afternoon)
        assert calendar.hours_of(date(2025, 12, 31)) == ((time(8), time(16)),)

    def test_hours_that_make_no_sense_are_refused(self, city: CityFacts, ani: int):
        with pytest.raises(Refused) as refused:
            actions.set_working_week(
                "Salah",
                {0: [(480, 720), (700, 900)]},
                valid_from=TODAY,
                valid_until=NEW_YEAR,
                legal_basis="",
                actor=acting(ani),
            )
        assert refusal_codes(refused) == ["no_basis", "hours", "days_reversed"]

    def test_today_is_the_citys(self, city: CityFacts):
        assert queries.today(datetime(2026, 11, 24, 17, tzinfo=UTC)) == date(2026, 11, 25)


class TestOpenings:
    """What the public may see."""

    def test_a_module_is_open_from_its_decree_to_its_closing(self, city: CityFacts, ani: int):
        assert not queries.is_open("regions")
        actions.open_module("regions", decree="188.45/9/2026", decree_date=TODAY, actor=acting(ani))
        assert queries.is_open("regions")
        assert [opening.module for opening in queries.opened_modules()] == ["regions"]
        actions.close_module("regions", actor=acting(ani))
        assert not queries.is_open("regions")
        assert [told(kind)[0]["decree"] for kind in ("module.opened", "module.closed")] == [
            "188.45/9/2026",
            "188.45/9/2026",
        ]
        with pytest.raises(NotThere):
            actions.close_module("regions", actor=acting(ani))

    def test_without_a_decree_nothing_opens(self, city: CityFacts, ani: int):
        with pytest.raises(Refused) as refused:
            actions.open_module(
                "nonsense", decree=" ", decree_date=TODAY + timedelta(1), actor=acting(ani)
            )
        assert refusal_codes(refused) == ["no_such_module", "no_decree", "decree_ahead"]
        assert told("module.opened") == []


TWO_HOURS = timedelta(hours=2)


class TestBreakGlass:
    """Power lent in an emergency."""

    def ask(self, by: int, person: int, length: timedelta = TWO_HOURS) -> int:
        return actions.ask_break_glass(
            person_id=person,
            role=Role.OPERATOR_PUSAT_KENDALI,
            reason="Banjir besar, operator tidak dapat hadir",
            length=length,
            actor=acting(by),
        ).id

    def test_two_administrators_lend_power_in_public_and_it_ends_by_itself(
        self, city: CityFacts, ani: int, tono: int, siti: int
    ):
        request = self.ask(ani, siti)
        assert acting(siti).appointments == ()
        facts = actions.grant_break_glass(request, actor=acting(tono))
        assert facts.until == NOON + TWO_HOURS
        assert acting(siti).roles == frozenset({Role.OPERATOR_PUSAT_KENDALI})
        assert told("emergency.started") == [
            {
                "request": request,
                "person": "Siti Rahmawati",
                "role": "OPERATOR_PUSAT_KENDALI",
                "reason": "Banjir besar, operator tidak dapat hadir",
                "asked_by": "Ani Lubis",
                "granted_by": "Tono Sembiring",
                "until": "2026-11-24T07:00:00.000000Z",
            }
        ]
        assert actions.expire_break_glass(at=NOON + TWO_HOURS - timedelta(seconds=1)) == 0
        assert actions.expire_break_glass(at=NOON + timedelta(hours=3)) == 1
        assert actions.expire_break_glass(at=NOON + timedelta(hours=3)) == 0
        ended = told("emergency.ended")
        assert [(f["request"], f["ended_at"], "ended_by" in f) for f in ended] == [
            (request, "2026-11-24T07:00:00.000000Z", False)
        ]

    def test_it_may_be_ended_early(self, city: CityFacts, ani: int, tono: int, siti: int):
        request = self.ask(ani, siti)
        actions.grant_break_glass(request, actor=acting(tono))
        actions.end_break_glass(request, actor=acting(ani))
        assert acting(siti).appointments == ()
        assert told("emergency.ended")[0]["ended_by"] == "Ani Lubis"

    def test_neither_who_asks_nor_who_receives_grants(self, city: CityFacts, ani: int, tono: int):
        request = self.ask(ani, tono)
        for person in (ani, tono):
            with pytest.raises(Refused) as refused:
                actions.grant_break_glass(request, actor=acting(person))
            assert refusal_codes(refused) == ["alone"]
        assert BreakGlass.objects.get(pk=request).granted_at is None

    def test_a_request_is_void_after_an_hour(self, city: CityFacts, ani: int, tono: int, siti: int):
        request = self.ask(ani, siti)
        late = queries.actor(tono, None, NOON + timedelta(hours=1, seconds=1))
        with pytest.raises(Refused) as refused:
            actions.grant_break_glass(request, actor=late)
        assert refusal_codes(refused) == ["request_void"]

    def test_money_is_never_lent_and_eight_hours_are_the_most(
        self, city: CityFacts, ani: int, siti: int
    ):
        with pytest.raises(Refused) as refused:
            actions.ask_break_glass(
                person_id=siti,
                role=Role.KUASA_BUD,
                reason="perlu",
                length=timedelta(hours=8, seconds=1),
                actor=acting(ani),
            )
        assert refusal_codes(refused) == ["not_lendable", "no_reason", "too_long"]

    def test_only_administrators_break_glass(self, city: CityFacts, siti: int, joko: int):
        with pytest.raises(Refused) as refused:
            self.ask(joko, siti)
        assert refusal_codes(refused) == ["not_permitted"]
