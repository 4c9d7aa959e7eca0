"""Fills identity and regions: persons, the city, its agencies, posts, calendar and logins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kawal.demo.facts import places
from kawal.demo.facts.agencies import AGENCIES, UNITS, DemoAgency
from kawal.demo.facts.holidays import HOLIDAYS
from kawal.demo.facts.people import (
    KEEPERS,
    LOGINS,
    PASSWORD,
    PEOPLE,
    POSTS,
    DemoLogin,
    DemoPerson,
    Post,
)
from kawal.demo.filling import dates
from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.regions import actions, queries
from kawal.regions.facts import Acting, Actor, AgencyDraft, AgencyKind, AppointmentDraft, Role

# Monday to Thursday 07.30-12.00 and 13.00-16.00, Friday 07.30-11.30 and 13.30-16.00.
_DAY = ((450, 720), (780, 960))
_FRIDAY = ((450, 690), (810, 960))
WEEK = {0: _DAY, 1: _DAY, 2: _DAY, 3: _DAY, 4: _FRIDAY}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what is filled in: the whole city, or a part of it."""

    people: Sequence[DemoPerson] = PEOPLE
    posts: Sequence[Post] = POSTS
    agencies: Sequence[DemoAgency] = AGENCIES + UNITS
    logins: Sequence[DemoLogin] = LOGINS
    password: str | None = PASSWORD


@dataclass(frozen=True, slots=True)
class Government:
    """What has been filled: ids by the demo's own keys, and the two who administer."""

    persons: dict[str, int]
    logins: dict[str, int]
    agencies: dict[str, int]
    first: Actor
    second: Actor


WHOLE = Cast()


def fill(at: datetime, cast: Cast = WHOLE) -> Government:
    """Found the city and fill its government at an instant (UTC)."""
    persons = {one.key: _register(one, at) for one in cast.people}
    _found(persons, at)
    first, second = (queries.actor(persons[key], None, at) for key in KEEPERS)
    agencies = _agencies(cast.agencies, first)
    _appoint(cast.posts, persons, agencies, first, second)
    _calendar(first)
    logins = _open_logins(cast, persons, at)
    return Government(persons, logins, agencies, first, second)


def _register(one: DemoPerson, at: datetime) -> int:
    draft = PersonDraft(
        name=one.name, title_after=one.title_after, nip=one.nip, nik=one.nik, email=one.email
    )
    return identity.register_person(draft, at=at).id


def _found(persons: dict[str, int], at: datetime) -> None:
    rows = [
        (places.PROVINCE_CODE, places.PROVINCE_NAME),
        (places.CITY_CODE, places.CITY_NAME),
        *((one.code, one.name) for one in places.PLACES),
    ]
    actions.record_regions(
        rows, valid_from=dates.REGIONS_FROM, legal_basis=dates.REGIONS_BASIS, at=at
    )
    one, other = KEEPERS
    actions.found_city(
        places.CITY_CODE,
        zone=places.ZONE,
        deployment="demo",
        founders=(persons[one], persons[other]),
        sk_number=dates.FOUNDING,
        sk_date=dates.AGENCIES_FROM,
        at=at,
    )


def _agencies(wanted: Sequence[DemoAgency], actor: Actor) -> dict[str, int]:
    """Set up the agencies, then their units; return ids by short name."""
    regions = {
        one.code: one.id for one in queries.regions_below(places.CITY_CODE, queries.today(actor.at))
    }
    by_code: dict[str, int] = {}
    for one in wanted:
        draft = AgencyDraft(
            code=one.code,
            name=one.name,
            short=one.short,
            kind=_kind(one),
            legal_basis=dates.AGENCIES_BASIS,
            parent_id=by_code[one.parent] if one.parent else None,
            region_id=regions[one.region] if one.region else None,
        )
        made = actions.create_agency(draft, valid_from=dates.AGENCIES_FROM, actor=actor)
        by_code[one.code] = made.id
    return {one.short: by_code[one.code] for one in wanted}


def _kind(one: DemoAgency) -> AgencyKind:
    if one.kind in ("kecamatan", "kelurahan"):
        return AgencyKind(one.kind)
    return AgencyKind.UNIT if one.parent else AgencyKind.SKPD


def _appoint(
    posts: Sequence[Post],
    persons: dict[str, int],
    agencies: dict[str, int],
    first: Actor,
    second: Actor,
) -> None:
    """Let one administrator propose and the other approve every post."""
    today = queries.today(first.at)
    for serial, post in enumerate(posts, start=1):
        lasts = timedelta(days=post.days) if post.days is not None else None
        draft = AppointmentDraft(
            person_id=persons[post.person],
            role=Role(post.role),
            sk_number=dates.decree(serial),
            sk_date=dates.POSTS_FROM,
            valid_from=today if lasts else dates.POSTS_FROM,
            valid_until=_last_day(post, today),
            agency_id=agencies[post.agency] if post.agency else None,
            acting=Acting(post.acting),
        )
        proposed = actions.propose_appointment(draft, actor=first)
        actions.approve_appointment(proposed.id, actor=second)


def _last_day(post: Post, today: date) -> date | None:
    if post.left:
        return today - timedelta(days=1)
    return today + timedelta(days=post.days) if post.days is not None else None


def _calendar(actor: Actor) -> None:
    actions.set_working_week(
        "Jam kerja biasa",
        WEEK,
        valid_from=dates.AGENCIES_FROM,
        legal_basis=dates.AGENCIES_BASIS,
        actor=actor,
    )
    for one in HOLIDAYS:
        actions.set_holiday(
            one.day,
            one.name,
            legal_basis=one.source,
            is_joint_leave=one.is_joint_leave,
            actor=actor,
        )


def _open_logins(cast: Cast, persons: dict[str, int], at: datetime) -> dict[str, int]:
    return {
        one.username: identity.open_login(
            persons[one.person],
            one.username,
            at=at,
            password=cast.password,
            must_change_password=False,
            is_demo=True,
        ).id
        for one in cast.logins
    }
