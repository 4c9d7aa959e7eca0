"""A change made behind the application's back, by the database's owner too, is found and named."""

import json

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import transaction

from kawal.trail import actions, merkle, models, queries, sequencer, witness
from kawal.trail.facts import Deployment
from kawal.trail.management.verify_trail import command
from kawal.trail.tests.conftest import administrator, minute
from kawal.trail.verification import verify

DEMO, LIVE = "kawal.demo/12.75", "kawal.live/12.75"
pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.alone]


def tried(first, last):
    with transaction.atomic():
        for number in range(first, last + 1):
            actions.append("test.tried", {"number": number}, at=minute(number))
    assert sequencer.Sequencer().step(minute(last)) == last - first + 1


@pytest.fixture(autouse=True)
def _log(committed):
    """Two batches in one log: entries 1 (genesis), 2-4, and 5-7."""
    actions.start_log(origin=DEMO, kind=Deployment.DEMO, at=minute(0))
    tried(1, 3)
    tried(4, 6)


def found(known=()):
    return [(f.code, f.number, f.document) for f in verify(known).faults]


def leaf_of(number):
    return models.Entry.objects.values_list("leaf_id", flat=True).get(number=number)


def test_an_untouched_trail_has_no_fault():
    verdict = verify()
    assert verdict.faults == ()
    assert (verdict.entries, verdict.waiting) == (7, 0)
    assert [(head.origin, head.size) for head in verdict.logs] == [(DEMO, 7)]
    assert verdict.logs[0].root == queries.head().root


def test_what_waits_for_its_place_is_no_fault():
    with transaction.atomic():
        actions.append("test.tried", {"number": 8}, at=minute(8))
    assert (verify().faults, verify().waiting) == ((), 1)


def test_several_logs_are_one_story():
    actions.start_log(origin=LIVE, kind=Deployment.LIVE, at=minute(9))
    tried(7, 9)
    verdict = verify()
    assert verdict.faults == ()
    assert [(head.origin, head.size) for head in verdict.logs] == [(DEMO, 8), (LIVE, 4)]


def set_leaf(owner, number, **changes):
    said = json.loads(queries.entry(number).canonical) | changes
    data = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    owner.execute("UPDATE trail_leaf SET canonical = %s WHERE id = %s", [data, leaf_of(number)])
    return data


def test_a_changed_amount_is_named(owner):
    set_leaf(owner, 3, facts={"number": 999})
    assert found() == [("leaf_changed", 3, "test.tried 999")]


def test_a_back_dated_event_is_named(owner):
    set_leaf(owner, 3, at="2020-01-01T00:00:00.000000Z")
    assert found() == [("leaf_changed", 3, "test.tried 2")]


def test_a_change_covered_up_in_the_entry_is_found_by_the_head(owner):
    data = set_leaf(owner, 3, facts={"number": 999})
    owner.execute("UPDATE trail_entry SET hash = %s WHERE number = 3", [merkle.leaf_hash(data)])
    assert found() == [("root", 4, "2 test.tried 1; 3 test.tried 999; 4 test.tried 3")]


def test_a_change_covered_up_to_the_last_head_is_found_by_who_saw_that_head(owner):
    seen = queries.head()
    data = set_leaf(owner, 3, facts={"number": 999})
    owner.execute("UPDATE trail_entry SET hash = %s WHERE number = 3", [merkle.leaf_hash(data)])
    frontier = merkle.Frontier()
    for entry in queries.entries():
        frontier.add(entry.hash)
        owner.execute(
            "UPDATE trail_head SET root = %s WHERE size = %s", [frontier.root(), frontier.size]
        )
    assert found() == []
    assert found([seen]) == [("known", 7, f"{DEMO} (7)")]


def test_a_log_cut_short_is_found_by_who_saw_it_longer(owner):
    seen = queries.head()
    for table, where in (("head", "size = 7"), ("entry", "number > 4"), ("leaf", "true")):
        rest = "AND id NOT IN (SELECT leaf_id FROM trail_entry)" if table == "leaf" else ""
        owner.execute(f"DELETE FROM trail_{table} WHERE {where} {rest}")
    assert found() == []
    assert found([seen]) == [("known", None, f"{DEMO} (7)")]


def test_a_deleted_entry_is_found_and_its_document_named(owner):
    owner.execute("DELETE FROM trail_entry WHERE number = 3")
    assert found() == [("gap", 3, "test.tried 3"), ("unplaced", None, "test.tried 2")]


def test_an_event_deleted_with_its_entry_leaves_a_gap(owner):
    leaf = leaf_of(3)
    owner.execute("DELETE FROM trail_entry WHERE number = 3")
    owner.execute("DELETE FROM trail_leaf WHERE id = %s", [leaf])
    assert found() == [("gap", 3, "test.tried 3")]


def test_a_deleted_leaf_is_found_though_its_entry_stands():
    leaf = leaf_of(3)
    with administrator() as machine:
        machine.execute("DELETE FROM trail_leaf WHERE id = %s", [leaf])
    assert found() == [
        ("order", 3, f"test.tried {leaf}"),
        ("leaf_missing", 3, f"test.tried {leaf}"),
    ]


def test_a_gap_closed_up_is_found_by_the_root(owner):
    leaf = leaf_of(3)
    owner.execute("DELETE FROM trail_entry WHERE number = 3")
    owner.execute("DELETE FROM trail_leaf WHERE id = %s", [leaf])
    for number in range(4, 8):
        owner.execute(
            "UPDATE trail_entry SET number = number - 1, position = position - 1 WHERE number = %s",
            [number],
        )
    assert found() == [
        ("root", 4, "2 test.tried 1; 3 test.tried 3; 4 test.tried 4"),
        ("head", None, "5 test.tried 5; 6 test.tried 6"),
        ("head", None, DEMO),
    ]


def test_the_last_entry_cut_off_is_found_by_its_head(owner):
    owner.execute("DELETE FROM trail_entry WHERE number = 7")
    assert found() == [("head", None, "5 test.tried 4; 6 test.tried 5"), ("head", None, DEMO)]


def forge(owner, number, order):
    """Insert a leaf of another payment behind the published order."""
    id = f"0193b9a0-0000-7000-8000-{number:012d}"
    said = {"at": "2026-11-24T02:30:00.000000Z", "facts": {"number": number}, "id": id}
    said |= {"kind": "test.tried", "v": 1}
    data = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    owner.execute(
        'INSERT INTO trail_leaf (id, canonical, xid, "order")'
        ' SELECT %s, %s, xid, "order" + %s FROM trail_leaf WHERE id = %s',
        [id, data, order, leaf_of(3)],
    )
    return id, data


def test_an_event_slipped_in_behind_the_order_is_named(owner):
    forge(owner, 77, 1)
    assert sequencer.Sequencer().step(minute(9)) == 0
    assert found() == [("unplaced", None, "test.tried 77")]


def test_an_event_appended_without_a_head_is_named(owner):
    id, data = forge(owner, 77, 1)
    owner.execute(
        "INSERT INTO trail_entry (number, log_id, position, leaf_id, kind, hash, era_id)"
        " SELECT 8, log_id, 7, %s, kind, %s, era_id FROM trail_entry WHERE number = 7",
        [id, merkle.leaf_hash(data)],
    )
    assert found() == [("order", 8, "test.tried 77"), ("head", None, "8 test.tried 77")]


def test_two_events_that_changed_places_are_named(owner):
    owner.execute("UPDATE trail_entry SET number = 99, position = 99 WHERE number = 3")
    owner.execute("UPDATE trail_entry SET number = 3, position = 2 WHERE number = 4")
    owner.execute("UPDATE trail_entry SET number = 4, position = 3 WHERE number = 99")
    assert found() == [
        ("order", 4, "test.tried 2"),
        ("root", 4, "2 test.tried 1; 3 test.tried 3; 4 test.tried 2"),
    ]


def test_another_kind_is_named(owner):
    owner.execute("UPDATE trail_entry SET kind = 'log.started' WHERE number = 3")
    assert found() == [("kind", 3, "test.tried 2")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"more": 1}, "schema"),
        ({"v": 9}, "schema"),
        ({"kind": "never.heard"}, "schema"),
        ({"facts": {"number": 2, "payee": "Dewi"}}, "schema"),
        ({"facts": {"number": 2.5}}, "schema"),
    ],
)
def test_what_no_schema_allows_is_named(owner, changes, code):
    set_leaf(owner, 3, **changes)
    assert (code, 3) in [(c, n) for c, n, _ in found()]


def test_a_leaf_in_another_form_is_named(owner):
    data = queries.entry(3).canonical.replace(b'":', b'": ')
    owner.execute("UPDATE trail_leaf SET canonical = %s WHERE id = %s", [data, leaf_of(3)])
    assert [code for code, *_ in found()] == ["leaf_changed", "canonical"]


def test_a_stricter_screen_does_not_make_old_leaves_false(monkeypatch):
    with transaction.atomic():
        actions.append("test.tried", {"number": 7, "text": "pernah boleh"}, at=minute(7))
    sequencer.Sequencer().step(minute(7))
    from kawal.kernel import screening
    from kawal.kernel.refusals import Reason

    monkeypatch.setattr(screening, "reasons", lambda text, at: [Reason("personal.new", "x", at=at)])
    assert found() == []


def test_a_changed_node_is_named(owner):
    tried(7, 300)
    assert found() == []
    owner.execute("UPDATE trail_node SET hash = %s", [b"x" * 32])
    assert found() == [("node", 256, "test.tried 255")]
    owner.execute("DELETE FROM trail_node")
    assert found() == [("node", 256, "test.tried 255")]
    owner.execute(
        "INSERT INTO trail_node (log_id, tier, index, hash) SELECT id, 1, 1, 'x' FROM trail_log"
    )
    assert found() == [("node", 256, "test.tried 255"), ("node", None, DEMO)]


def test_a_changed_head_is_named(owner):
    owner.execute("UPDATE trail_head SET root = %s WHERE size = 4", [b"x" * 32])
    assert found() == [("root", 4, "2 test.tried 1; 3 test.tried 2; 4 test.tried 3")]


def test_a_deleted_last_head_is_named(owner):
    owner.execute("DELETE FROM trail_head WHERE size = 7")
    assert found() == [("head", None, "5 test.tried 4; 6 test.tried 5; 7 test.tried 6")]


def test_a_log_that_denies_its_past_is_named(owner):
    actions.start_log(origin=LIVE, kind=Deployment.LIVE, at=minute(9))
    owner.execute("UPDATE trail_log SET previous_size = 6 WHERE origin = %s", [LIVE])
    assert found() == [("log", 9, LIVE)]
    owner.execute("UPDATE trail_log SET previous_size = 8 WHERE origin = %s", [LIVE])
    assert found() == []
    owner.execute("UPDATE trail_log SET kind = 'demo' WHERE origin = %s", [LIVE])
    assert found() == [("log", 9, LIVE)]


def test_a_log_without_entries_is_named(owner):
    owner.execute(
        "INSERT INTO trail_log"
        " (origin, kind, started_at, previous_id, previous_size, previous_root)"
        " SELECT 'kawal.live/12.75', 'live', started_at, id, 0, '' FROM trail_log"
    )
    assert found() == [("log", None, LIVE)]


def test_guards_that_are_off_are_named(owner):
    owner.guards("DISABLE")
    assert {code for code, *_ in found()} == {"guard"}
    assert [document for *_, document in found()] == [
        "trail_entry",
        "trail_era",
        "trail_head",
        "trail_leaf",
        "trail_log",
        "trail_node",
    ]


def test_the_command_tells_it_to_people_and_programs(owner, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    runner = CliRunner()
    good = runner.invoke(command)
    assert good.exit_code == 0
    assert good.output.splitlines()[-1] == "7 entri diperiksa, 0 menunggu tempat, 0 kesalahan."
    set_leaf(owner, 3, facts={"number": 999})
    bad = runner.invoke(command)
    assert bad.exit_code == 1
    assert (
        "! #3 test.tried 999: Isi entri telah diubah: sidik isinya tidak sama lagi." in bad.output
    )
    said = json.loads(runner.invoke(command, ["--json"]).output)
    assert [(f["code"], f["entry"], f["document"]) for f in said["faults"]] == [
        ("leaf_changed", 3, "test.tried 999")
    ]
    assert said["logs"] == [{"origin": DEMO, "size": 7, "root": queries.head().root.hex()}]


def test_the_command_compares_with_the_heads_that_were_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    witness.keep(tmp_path / "trail", queries.head())
    assert witness.kept(tmp_path / "trail") == [queries.head()]
    assert CliRunner().invoke(command).exit_code == 0
    mine = tmp_path / "mine.jsonl"
    other = {"origin": DEMO, "size": 4, "root": "00" * 32, "at": "2026-11-24T02:30:00.000000Z"}
    mine.write_text(json.dumps(other) + "\n\n")
    result = CliRunner().invoke(command, ["--heads", str(mine)])
    assert result.exit_code == 1
    assert f"{DEMO} (4)" in result.output
