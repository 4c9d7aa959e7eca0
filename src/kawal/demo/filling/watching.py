"""Fills monitoring: the inventory, what was decided of it, its checks, and the keys of its jobs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from kawal.demo.addresses import HOST, MAIL, Addresses
from kawal.demo.facts.applications import APPLICATIONS, DemoApplication
from kawal.demo.facts.jobs import JOBS, NUMBERS, Job, Numbers
from kawal.demo.filling import dates
from kawal.demo.filling.government import Government
from kawal.demo.pages import KEYWORD
from kawal.monitoring import actions
from kawal.monitoring.drafts import ApplicationDraft, CheckDraft
from kawal.monitoring.facts import Criticality, Decision, Kind, PersonalData, ServiceHours
from kawal.monitoring.overviews import PolicyFacts
from kawal.regions import queries as regions
from kawal.regions.facts import Actor, Role

CRITICALITY = {
    "kritis": Criticality.CRITICAL,
    "tinggi": Criticality.HIGH,
    "sedang": Criticality.MEDIUM,
    "rendah": Criticality.LOW,
}
PERSONAL = {
    "tidak ada": PersonalData.NONE,
    "umum": PersonalData.GENERAL,
    "spesifik": PersonalData.SPECIFIC,
}
INTERVAL = {"kritis": 10, "tinggi": 15, "sedang": 20, "rendah": 30}  # seconds
SLOW_MS = 2_000
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Actors:
    """Who fills what in: the room registers, the Sekda decides, an administrator opens networks."""

    room: Actor
    sekda: Actor
    keeper: Actor


def fill(government: Government, addresses: Addresses) -> dict[str, str]:
    """Fill inventory and checks; return the paths to which the demo's jobs report, by code."""
    at = government.first.at
    room, sekda = (
        regions.actor(government.persons[key], None, at) for key in ("operator", "sekda")
    )
    who = Actors(room, sekda, government.first)
    _open_networks(addresses, who.keeper)
    _set_policy(who.sekda)
    ids = {one.code: _register(one, government, addresses, who.room) for one in APPLICATIONS}
    _decide(ids, who.sekda)
    for one in APPLICATIONS:
        for draft in checks(one, addresses):
            actions.create_check(ids[one.code], draft, actor=who.room)
    return _give_keys(ids, who.room)


def _open_networks(addresses: Addresses, keeper: Actor) -> None:
    lowest, highest = addresses.span
    actions.open_network(
        f"{HOST}/32",
        first_port=lowest,
        last_port=highest,
        why="Aplikasi peraga pada mesin ini (SIMULASI)",
        actor=keeper,
    )


def _set_policy(sekda: Actor) -> None:
    policy = PolicyFacts(
        take_within=15 * 60,
        solve_within=4 * 3600,
        uptime_target=Decimal("99.000"),
        valid_from=regions.today(sekda.at),
        legal_basis=dates.OPENING,
    )
    actions.set_policy(policy, actor=sekda)


def _register(
    one: DemoApplication, government: Government, addresses: Addresses, room: Actor
) -> int:
    today = regions.today(room.at)
    agency = government.agencies[one.agency]
    ends = None if one.contract_days is None else today + timedelta(days=one.contract_days)
    draft = ApplicationDraft(
        agency_id=agency,
        name=one.name,
        officer_id=_officer(agency, room),
        serves=one.serves,
        users=one.users,
        users_on=today,
        address=addresses.url(one.code),
        criticality=CRITICALITY[one.criticality],
        hours=ServiceHours(one.hours),
        spbe=one.spbe,
        personal_data=PERSONAL[one.personal_data],
        vendor=one.vendor,
        contract_ends=ends,
        cost=Decimal(one.cost * MILLION),
        last_login_on=today - timedelta(days=one.login_days),
        last_data_at=room.at - timedelta(minutes=one.data_minutes),
        integration=one.integration,
        public=one.audience == "publik",
    )
    return actions.register_application(draft, actor=room).id


def _officer(agency_id: int, room: Actor) -> int:
    """Return the operator of the agency, or of the one above a unit."""
    on = regions.today(room.at)
    found = regions.holders(Role.OPERATOR_OPD, agency_id, on)
    if found:
        return found[0]
    parent = regions.agency(agency_id, on).parent_id
    assert parent is not None
    return _officer(parent, room)


def _decide(ids: dict[str, int], sekda: Actor) -> None:
    """Decide the fate of each that has one; what is kept first: others merge into it."""
    decided = [one for one in APPLICATIONS if one.decision]
    for one in sorted(decided, key=lambda one: one.decision != "keep"):
        actions.decide_application(
            ids[one.code],
            Decision(one.decision),
            why=one.why,
            merge_into_id=ids.get(one.merge_into),
            actor=sekda,
        )


def checks(one: DemoApplication, addresses: Addresses) -> Iterator[CheckDraft]:
    """Yield the checks of an application, as its owner would set them up."""
    url, port = addresses.url(one.code), addresses.ports[one.code]
    every, public = INTERVAL[one.criticality], one.audience == "publik"
    page = {"url": url, "status": [200], "keyword": KEYWORD, "max_ms": SLOW_MS}
    yield CheckDraft(Kind.HTTP, "Halaman depan", page, every, 8, 2, 3, public=public)
    if one.criticality in ("kritis", "tinggi"):
        health = {"url": f"{url}health", "json": {"path": "status", "value": "ok"}}
        yield CheckDraft(Kind.HTTP, "Kesehatan", health, 30, 8, 2, 5, counts=False)
    if one.scheme == "https":
        seal = {"host": HOST, "port": port, "warn_days": 14}
        yield CheckDraft(Kind.TLS, "Sertifikat", seal, 300, 10, 2, 10, counts=False)
    if one.code == "surel":
        mail = {"host": HOST, "port": addresses.ports[MAIL], "banner": "220"}
        yield CheckDraft(Kind.TCP, "Penerima surel (SMTP)", mail, 30, 8, 2, 5)


def _give_keys(ids: dict[str, int], room: Actor) -> dict[str, str]:
    """Set up what the jobs report to; return the path for each, which holds its key."""
    paths = {}
    for job in JOBS:
        paths[job.code] = f"/ping/{_pushed(ids[job.application], _heartbeat(job), room)}"
    for numbers in NUMBERS:
        paths[numbers.code] = f"/push/{_pushed(ids[numbers.application], _numbers(numbers), room)}"
    return paths


def _pushed(application_id: int, draft: CheckDraft, room: Actor) -> str:
    _, key = actions.create_check(application_id, draft, actor=room)
    assert key is not None
    return key.key


def _heartbeat(job: Job) -> CheckDraft:
    spec = {"every": job.every, "grace": job.grace, "longest": job.takes + job.grace}
    return CheckDraft(Kind.HEARTBEAT, job.name, spec, 60, 1, 1, 1, counts=False)


def _numbers(numbers: Numbers) -> CheckDraft:
    figures: list[dict[str, object]] = [{"name": "data_terakhir", "stale_after": 86_400}]
    if numbers.warn is not None:
        figures.append({"name": "antrean", "warn": numbers.warn, "bad": numbers.bad})
    spec = {"figures": figures, "stale_after": 5 * numbers.every}
    return CheckDraft(Kind.NUMBERS, numbers.name, spec, 60, 1, 1, 1, counts=False)
