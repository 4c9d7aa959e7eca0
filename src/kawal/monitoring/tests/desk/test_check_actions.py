"""Checks are set up, amended, paused and retired by those who may; secrets stay sealed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kawal.kernel.refusals import NotThere, Refused, StaleDraft
from kawal.monitoring import actions, queries, sealed
from kawal.monitoring.drafts import CheckDraft
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.models import Application, Check, CheckChange, Proposal
from kawal.monitoring.pasted import read
from kawal.monitoring.tests.desk.conftest import NOON, leaves
from kawal.regions.facts import Scope

ALL = Scope(everything=True)
PAGE = CheckDraft(
    kind=Kind.HTTP,
    name="Halaman",
    spec={"url": "https://pbb.binjai.example/"},
    interval=60,
    timeout=10,
    confirmations=2,
    recheck=5,
)
JOB = replace(PAGE, kind=Kind.HEARTBEAT, name="Cadangan malam", spec={"every": 3600})


@pytest.fixture
def pbb(pendapatan, application):
    return application(pendapatan, "e-PBB")


def codes(error):
    return [(reason.code, reason.at) for reason in error.value.reasons]


def test_a_new_check_is_unknown_until_the_prober_looks(pbb, lina):
    made, key = actions.create_check(pbb.pk, PAGE, actor=lina)
    assert key is None
    now = queries.check(made.id, ALL)
    assert (now.state, now.kind, now.spec) == (State.UNKNOWN, Kind.HTTP, PAGE.spec)
    (change,) = queries.check_changes(made.id)
    assert (change.by_id, change.changes["interval"]) == (lina.person_id, (None, 60))


def test_another_agencys_checks_are_out_of_reach(pbb, lina, joko):
    made, _ = actions.create_check(pbb.pk, PAGE, actor=lina)
    acts = [
        lambda: actions.create_check(pbb.pk, replace(PAGE, name="Lain"), actor=joko),
        lambda: actions.amend_check(made.id, replace(PAGE, interval=30), read=1, actor=joko),
        lambda: actions.pause_check(made.id, why="Ganggu", actor=joko),
        lambda: actions.retire_check(made.id, why="Ganggu", actor=joko),
        lambda: actions.new_push_key(made.id, actor=joko),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == [("regions.not_permitted", "")]
    row = Check.objects.get()
    assert (row.version, row.interval, row.enabled, row.retired_at) == (1, 60, True, None)


def test_every_reason_is_told_at_once(pbb, lina):
    actions.create_check(pbb.pk, PAGE, actor=lina)
    wrong = replace(
        PAGE, spec={"url": "ftp://x", "warna": 1}, interval=2, confirmations=0, public=True
    )
    with pytest.raises(Refused) as refused:
        actions.create_check(pbb.pk, wrong, actor=lina)
    assert sorted(codes(refused)) == [
        ("check.confirmations", "confirmations"),
        ("check.interval", "interval"),
        ("check.name_taken", "name"),
        ("check.not_public", "public"),
        ("spec_wrong", "url"),
        ("spec_wrong", "warna"),
    ]


def test_an_answer_is_not_awaited_longer_than_the_interval(pbb, lina):
    with pytest.raises(Refused) as refused:
        actions.create_check(pbb.pk, replace(PAGE, interval=5), actor=lina)
    assert codes(refused) == [("check.timeout_too_long", "timeout")]


def test_secrets_are_sealed_and_kept_when_left_out(pbb, lina):
    spec = PAGE.spec | {"headers": [{"name": "X-Kunci", "secret": True}]}
    secret = replace(PAGE, spec=spec, secrets={"X-Kunci": "rahasia-sekali"})
    made, _ = actions.create_check(pbb.pk, secret, actor=lina)
    row = Check.objects.get(pk=made.id)
    assert b"rahasia" not in bytes(row.secrets)
    assert sealed.unseal(row.secrets) == {"X-Kunci": "rahasia-sekali"}
    actions.amend_check(made.id, replace(secret, secrets={}, interval=30), read=1, actor=lina)
    assert sealed.unseal(Check.objects.get(pk=made.id).secrets) == {"X-Kunci": "rahasia-sekali"}
    actions.amend_check(made.id, replace(PAGE, interval=30), read=2, actor=lina)
    assert Check.objects.get(pk=made.id).secrets is None
    noted = [row.changes for row in CheckChange.objects.order_by("pk")]
    assert "rahasia" not in str(noted)
    assert noted[2]["secrets"] == [None, "diganti"]


def test_the_past_of_a_check_cannot_be_made_another(pbb, lina):
    made, _ = actions.create_check(pbb.pk, PAGE, actor=lina)
    with pytest.raises(Refused) as refused:
        actions.amend_check(made.id, replace(PAGE, counts=False), read=1, actor=lina)
    assert codes(refused) == [("check.counts_fixed", "counts")]
    with pytest.raises(Refused) as refused:
        actions.amend_check(made.id, replace(JOB, name="Halaman"), read=1, actor=lina)
    assert codes(refused) == [("check.kind_fixed", "")]


def test_the_second_saver_sees_both(pbb, lina, agus):
    made, _ = actions.create_check(pbb.pk, PAGE, actor=lina)
    actions.amend_check(made.id, replace(PAGE, interval=30), read=1, actor=lina)
    with pytest.raises(StaleDraft) as stale:
        actions.amend_check(made.id, replace(PAGE, interval=90), read=1, actor=agus)
    assert stale.value.theirs["interval"] == 30
    assert queries.check(made.id, ALL).interval == 30


def test_pausing_needs_a_ground_and_counts_as_paused(pbb, check, lina):
    row = check(pbb, State.DOWN)
    with pytest.raises(Refused) as refused:
        actions.pause_check(row.pk, why=" ", actor=lina)
    assert codes(refused) == [("check.no_why", "why")]
    actions.pause_check(row.pk, why="Pindah server", actor=lina)
    assert queries.check(row.pk, ALL).state is State.PAUSED
    with pytest.raises(Refused) as refused:
        actions.pause_check(row.pk, why="Lagi", actor=lina)
    assert codes(refused) == [("check.already", "")]
    actions.resume_check(row.pk, actor=lina)
    assert queries.check(row.pk, ALL).state is State.DOWN
    assert [one.changes["enabled"] for one in queries.check_changes(row.pk)] == [
        (False, True),
        (True, False),
    ]


def test_the_prober_learns_of_a_change_by_its_instant(pbb, check, lina):
    row = check(pbb, State.UP)
    actions.pause_check(row.pk, why="Pindah server", actor=lina)
    assert Check.objects.get(pk=row.pk).updated_at == NOON


def test_a_retired_check_is_gone_from_the_lists_but_not_from_the_past(pbb, check, lina):
    row = check(pbb, State.UP)
    actions.retire_check(row.pk, why="Diganti", actor=lina)
    assert queries.checks_of(pbb.pk) == []
    assert queries.check(row.pk, ALL).name == "Halaman"
    with pytest.raises(NotThere):
        actions.pause_check(row.pk, why="Sudah tiada", actor=lina)


def test_a_key_is_shown_once_and_only_its_hash_kept(pbb, lina):
    made, key = actions.create_check(pbb.pk, JOB, actor=lina)
    assert len(key.key) == 32
    assert bytes(Check.objects.get(pk=made.id).key_hash) == sealed.key_hash(key.key)
    other = actions.new_push_key(made.id, actor=lina)
    assert other.key != key.key
    assert bytes(Check.objects.get(pk=made.id).key_hash) == sealed.key_hash(other.key)
    assert key.key not in str([row.changes for row in CheckChange.objects.all()])
    page, _ = actions.create_check(pbb.pk, PAGE, actor=lina)
    with pytest.raises(Refused) as refused:
        actions.new_push_key(page.id, actor=lina)
    assert codes(refused) == [("check.not_pushed", "")]


def test_a_pasted_list_is_read_line_by_line():
    text = (
        "Nama;Alamat\ne-PBB;https://pbb.binjai.example/masuk\n\n;jdih.binjai.example\n"
        "Rusak;tidak ada\n# catatan\ne-SSH;ssh.binjai.example:8443/api\n"
    )
    listed, rejected = read(text)
    assert [(one.line, one.name, one.address) for one in listed] == [
        (2, "e-PBB", "https://pbb.binjai.example/masuk"),
        (4, "", "jdih.binjai.example"),
        (7, "e-SSH", "https://ssh.binjai.example:8443/api"),
    ]
    assert [(one.line, one.text) for one in rejected] == [(5, "Rusak;tidak ada")]
    plain, _ = read("a.example\nA.example, Layanan A\na.example")
    assert [(one.name, one.address) for one in plain] == [
        ("", "a.example"),
        ("Layanan A", "A.example"),
    ]


def test_from_a_pasted_list_to_watched(pendapatan, lina):
    came = actions.propose_checks(
        "e-PBB, https://pbb.binjai.example/\nbukan alamat", agency_id=pendapatan.pk, actor=lina
    )
    assert (came.made, came.known, [one.line for one in came.rejected]) == (3, 0, [2])
    again = actions.propose_checks(
        "e-PBB, https://pbb.binjai.example/", agency_id=pendapatan.pk, actor=lina
    )
    assert (again.made, again.known) == (0, 3)
    found = queries.proposals(ALL)
    assert {one.kind for one in found} == {"http", "tls", "dns"}
    assert actions.confirm_proposals([one.id for one in found], actor=lina) == 3
    (application,) = queries.applications_of([pendapatan.pk])
    assert (application.name, application.address) == ("e-PBB", "https://pbb.binjai.example/")
    made = {one.kind: one for one in queries.checks_of(application.id)}
    assert (made[Kind.HTTP].counts, made[Kind.TLS].counts) == (True, False)
    assert queries.proposals(ALL) == []
    assert len(leaves("application.registered")) == 1
    known = actions.propose_checks(
        "e-PBB, https://pbb.binjai.example/", agency_id=pendapatan.pk, actor=lina
    )
    assert (known.made, known.known) == (0, 3)


def test_proposals_of_another_agency_are_not_decided(pendapatan, lina, joko):
    actions.propose_checks("pbb.binjai.example", agency_id=pendapatan.pk, actor=lina)
    ids = [one.id for one in queries.proposals(ALL)]
    assert queries.proposals(Scope(agency_ids=frozenset({pendapatan.pk + 1}))) == []
    for act in (actions.confirm_proposals, actions.reject_proposals):
        with pytest.raises(Refused):
            act(ids, actor=joko)
    assert Proposal.objects.filter(decided_at=None).count() == len(ids)
    assert not Application.objects.exists()
    assert actions.reject_proposals(ids, actor=lina) == len(ids)
    with pytest.raises(NotThere):
        actions.confirm_proposals(ids, actor=lina)
    assert not Check.objects.exists()


def test_networks_are_opened_by_the_administrator_with_a_ground(keeper, lina):
    wanted = {"first_port": 80, "last_port": 443, "why": "Server dalam Diskominfo"}
    with pytest.raises(Refused):
        actions.open_network("10.10.0.0/16", actor=lina, **wanted)
    made = actions.open_network("10.10.0.0/16", actor=keeper, **wanted)
    (leaf,) = leaves("network.opened")
    assert leaf["facts"] == {"opening": made, "why": "Server dalam Diskominfo"}
    assert "10.10" not in str(leaf)
    with pytest.raises(Refused) as refused:
        actions.open_network("10.10.0.0/16", actor=keeper, **wanted)
    assert codes(refused) == [("network.is_open", "network")]
    with pytest.raises(Refused) as refused:
        actions.open_network("8.8.8.0/24", first_port=9, last_port=1, why="", actor=keeper)
    assert codes(refused) == [
        ("network.public", "network"),
        ("network.ports", "first_port"),
        ("network.no_why", "why"),
    ]
    actions.close_network(made, actor=keeper)
    assert queries.networks() == []
    assert queries.networks(with_closed=True)[0].closed_at == NOON
    with pytest.raises(NotThere):
        actions.close_network(made, actor=keeper)


def test_an_interval_is_given_its_time(pbb, lina):
    made, _ = actions.create_check(pbb.pk, replace(PAGE, interval=300), actor=lina)
    light = queries.application_light(pbb.pk)
    assert (light.id, light.stale_at) == (made.application_id, NOON + timedelta(seconds=600))
