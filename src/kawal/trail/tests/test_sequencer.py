"""Every leaf gets one place; nothing is overtaken, nothing is lost, nothing waits for the trail."""

import json
import time
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from kawal.kernel.refusals import NotThere, Refused
from kawal.trail import actions, merkle, models, queries, sequencer
from kawal.trail.facts import Deployment
from kawal.trail.tests.conftest import connect, minute

ORIGIN = "kawal.demo/12.75"
pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.alone]


def start(origin=ORIGIN, kind=Deployment.DEMO, at=None):
    return actions.start_log(origin=origin, kind=kind, at=at or minute(0))


def tried(number, **more):
    with transaction.atomic():
        return actions.append("test.tried", {"number": number}, at=minute(number), **more)


def raw_leaf(opened, number):
    """Append on a connection of our own, whose transaction the test holds open."""
    id = uuid4()
    text = (
        f'{{"at":"2026-11-24T02:30:00.000000Z","facts":{{"number":{number}}},"id":"{id}",'
        '"kind":"test.tried","v":1}'
    )
    opened.execute("INSERT INTO trail_leaf (id, canonical) VALUES (%s, %s)", [id, text.encode()])


def numbers():
    return [one.facts["number"] for one in queries.entries(limit=9999) if one.kind == "test.tried"]


def step(at=5, **more):
    return sequencer.Sequencer().step(minute(at), **more)


def test_a_leaf_waits_without_a_place_until_it_is_given_one():
    start()
    id = tried(7)
    assert queries.entry_of(id) is None
    assert step() == 1
    entry = queries.entry_of(id)
    assert (entry.number, entry.position, entry.kind, entry.facts) == (
        2,
        1,
        "test.tried",
        {"number": 7},
    )
    assert entry.at == minute(7)
    assert entry.hash == merkle.leaf_hash(entry.canonical)
    assert json.loads(entry.canonical)["id"] == str(id)
    assert queries.head().size == 2
    assert queries.head().at == minute(5)


def test_operators_see_how_many_are_placed_and_how_many_wait():
    assert (queries.placed(), queries.waiting()) == ([({}, 0.0)], [({}, 0.0)])
    tried(1)
    assert queries.waiting() == [({}, 1.0)]
    start()
    step()
    tried(2)
    tried(3)
    assert (queries.placed(), queries.waiting()) == ([({}, 2.0)], [({}, 2.0)])
    step()
    assert (queries.placed(), queries.waiting()) == ([({}, 4.0)], [({}, 0.0)])


def test_nothing_is_placed_before_a_log_was_started_and_all_of_it_after():
    tried(1)
    assert step() == 0
    log = start()
    assert (log.origin, log.kind, log.previous_origin) == (ORIGIN, Deployment.DEMO, "")
    assert queries.entry(1).facts == {"origin": ORIGIN, "deployment": "demo"}
    step()
    assert numbers() == [1]


def test_a_transaction_that_fails_publishes_nothing():
    start()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.append("test.tried", {"number": 1}, at=minute(1))
        1 / 0  # noqa: B018
    tried(2)
    step()
    assert numbers() == [2]


def test_a_refused_event_moves_nothing():
    with pytest.raises(Refused) as refused, transaction.atomic():
        actions.append("test.tried", {"number": "x", "text": "0812-3456-7890"}, at=minute(1))
    assert {reason.code for reason in refused.value.reasons} == {"trail.field", "personal.phone"}
    assert models.Leaf.objects.count() == 0


def test_append_belongs_into_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        actions.append("test.tried", {"number": 1}, at=minute(1))


def test_an_earlier_transaction_that_commits_later_is_waited_for():
    start()
    step()
    with connect() as slow, connect() as quick:
        raw_leaf(slow, 1)
        raw_leaf(quick, 2)
        quick.commit()
        assert step() == 0
        assert numbers() == []
        slow.commit()
        assert step() == 2
    assert numbers() == [1, 2]


def test_an_earlier_transaction_that_writes_its_leaf_later_is_waited_for_too():
    start()
    step()
    with connect() as slow, connect() as quick:
        slow.execute("SELECT pg_current_xact_id()")
        raw_leaf(quick, 2)
        quick.commit()
        assert step() == 0
        raw_leaf(slow, 1)
        slow.commit()
        step()
    assert numbers() == [1, 2]


def test_a_reader_that_stays_long_holds_nobody_up():
    start()
    step()
    with connect() as reader:
        reader.execute("SELECT count(*) FROM trail_leaf")
        tried(1)
        assert step() == 1


def test_savepoints_and_many_leaves_of_one_transaction_keep_their_order():
    start()
    with transaction.atomic():
        for number in range(1, 6):
            with transaction.atomic():
                actions.append("test.tried", {"number": number}, at=minute(9 - number))
    step()
    assert numbers() == [1, 2, 3, 4, 5]


def test_batches_end_where_they_are_told_and_go_on_from_there():
    start()
    step()
    for number in range(1, 8):
        tried(number)
    worker = sequencer.Sequencer()
    assert [worker.step(minute(5), limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert numbers() == [1, 2, 3, 4, 5, 6, 7]
    assert list(models.Head.objects.order_by("size").values_list("size", flat=True)) == [1, 4, 7, 8]


def test_one_sequencer_stands_by_while_another_works():
    start()
    tried(1)
    with connect() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [sequencer.LOCK])
        assert step() == 0
    assert step() == 1


def test_two_sequencers_that_alternate_build_one_tree():
    start()
    one, two = sequencer.Sequencer(), sequencer.Sequencer()
    for number in range(1, 21):
        tried(number)
        (one if number % 3 else two).step(minute(number))
    assert numbers() == list(range(1, 21))
    hashes = [merkle.leaf_hash(entry.canonical) for entry in queries.entries(limit=99)]
    frontier = merkle.Frontier()
    for hash in hashes:
        frontier.add(hash)
    assert queries.head().root == frontier.root()


def test_a_batch_that_fails_leaves_no_trace_and_is_done_again(monkeypatch):
    start()
    worker = sequencer.Sequencer()
    worker.step(minute(1))
    tried(1)
    with monkeypatch.context() as patch:
        patch.setattr(sequencer, "_notify", lambda payload: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worker.step(minute(2))
    assert numbers() == []
    assert queries.head().size == 1
    assert worker.step(minute(3)) == 1
    assert queries.inclusion(2).head.size == 2


def test_listeners_hear_one_word_a_batch():
    start()
    with connect() as ear:
        ear.autocommit = True
        ear.execute(f"LISTEN {sequencer.CHANNEL}")
        for number in range(1, 4):
            tried(number)
        step()
        heard = list(ear.notifies(timeout=2, stop_after=1))
        assert [json.loads(word.payload) for word in heard] == [{"number": 4, "size": 4}]
        assert list(ear.notifies(timeout=0.2)) == []


def test_complete_subtrees_of_256_are_kept_and_proofs_read_them():
    start()
    step()
    with transaction.atomic():
        for number in range(1, 600):
            actions.append("test.tried", {"number": number}, at=minute(1))
    step(limit=300)
    step()
    assert list(models.Node.objects.order_by("index").values_list("tier", "index")) == [
        (1, 0),
        (1, 1),
    ]
    for number in (1, 2, 256, 257, 513, 600):
        proof = queries.inclusion(number)
        made = merkle.root_from_inclusion(proof.entry.hash, number - 1, 600, proof.path)
        assert made == proof.head.root == queries.head().root
    old = models.Head.objects.get(size=301)
    path = queries.consistency(ORIGIN, 301, 600)
    merkle.check_consistency(301, bytes(old.root), 600, queries.head().root, path)
    with pytest.raises(NotThere):
        queries.consistency(ORIGIN, 300, 601)
    with pytest.raises(NotThere):
        queries.inclusion(601)


def test_private_content_can_be_opened_until_its_salt_is_erased():
    start()
    id = tried(1, private={"payee": "Dewi"})
    step()
    entry = queries.entry_of(id)
    assert b"Dewi" not in entry.canonical
    assert len(entry.commitment) == 64
    assert queries.opens(id, {"payee": "Dewi"})
    assert not queries.opens(id, {"payee": "Joko"})
    assert actions.erase_salt(id)
    assert not queries.opens(id, {"payee": "Dewi"})
    assert not actions.erase_salt(id)
    assert queries.inclusion(entry.number).head.size == 2


def test_a_new_log_seals_the_old_one_and_names_its_head():
    start()
    tried(1)
    live = start("kawal.live/12.75", Deployment.LIVE, minute(9))
    tried(2)
    step()
    assert [one.kind for one in queries.entries()] == [
        "log.started",
        "test.tried",
        "log.sealed",
        "log.started",
        "test.tried",
    ]
    assert [one.number for one in queries.entries()] == [1, 2, 3, 4, 5]
    assert [(one.origin, one.position) for one in queries.entries(after=2)] == [
        (ORIGIN, 2),
        ("kawal.live/12.75", 0),
        ("kawal.live/12.75", 1),
    ]
    old = queries.head(ORIGIN)
    assert old.size == 3
    assert (live.previous_origin, live.previous_size, live.previous_root) == (ORIGIN, 3, old.root)
    assert queries.entry(4).facts == {
        "origin": "kawal.live/12.75",
        "deployment": "live",
        "previous_origin": ORIGIN,
        "previous_size": 3,
        "previous_root": old.root.hex(),
    }
    assert [log.origin for log in queries.logs()] == [ORIGIN, "kawal.live/12.75"]


def test_what_still_runs_when_a_log_is_sealed_publishes_into_the_new_one():
    start()
    step()
    with connect() as slow:
        raw_leaf(slow, 1)
        tried(2)
        start("kawal.live/12.75", Deployment.LIVE)
        slow.commit()
    step()
    assert [(one.origin, one.facts.get("number")) for one in queries.entries(after=3)] == [
        ("kawal.live/12.75", 1),
        ("kawal.live/12.75", 2),
    ]


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        (ORIGIN, "trail.origin_used"),
        ("kawal.live/12.75", "trail.origin"),
        ("kawal.demo/Binjai", "trail.origin"),
        ("kawal.demo/1275010101900001", "trail.origin"),
    ],
)
def test_an_origin_is_refused_and_nothing_moves(origin, code):
    start()
    tried(1)
    with pytest.raises(Refused) as refused:
        start(origin)
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert models.Log.objects.count() == 1
    assert models.Entry.objects.count() == 1


def test_logs_without_an_event_between_them_run_out_of_room():
    start()
    for number in range(3):
        start(f"kawal.demo/12.75/n{number}")
    with pytest.raises(Refused, match="peristiwa"):
        start("kawal.demo/12.75/too-many")


def test_after_a_restore_on_another_server_all_that_waited_is_placed_and_order_holds(owner):
    start()
    tried(1)
    step()
    tried(2)
    # The dump came from a server whose transaction numbers were far ahead of this one's.
    owner.execute("UPDATE trail_era SET system = 42 WHERE id = (SELECT max(id) FROM trail_era)")
    owner.execute(
        "UPDATE trail_leaf SET xid = (xid::text::bigint + 1000000000)::text::xid8 WHERE xid > '0'"
    )
    tried(3)
    step()
    tried(4)
    step()
    assert sorted(numbers()[1:3]) == [2, 3]
    assert (numbers()[0], numbers()[3]) == (1, 4)
    assert step() == 0


def test_a_sequencer_is_idle_once_an_era_has_begun_and_all_is_placed(owner):
    start()
    tried(1)
    owner.execute("UPDATE trail_era SET system = 42 WHERE id = (SELECT max(id) FROM trail_era)")
    placing = sequencer.Sequencer()
    assert not placing.idle()
    placing.step(minute(5))
    assert placing.idle()
    tried(2)
    assert not placing.idle()


def test_appends_are_not_held_up_for_long_when_an_era_begins():
    start()
    with connect() as slow:
        raw_leaf(slow, 1)
        began = time.monotonic()
        with pytest.raises(Exception, match="lock timeout"):
            step()
        assert time.monotonic() - began < 4
        slow.commit()
    assert step() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_leaf SET canonical = canonical",
        "DELETE FROM trail_leaf",
        "UPDATE trail_entry SET position = 9",
        "DELETE FROM trail_entry",
        "UPDATE trail_head SET size = 1",
        "DELETE FROM trail_log",
        "DELETE FROM trail_era",
        "TRUNCATE trail_leaf CASCADE",
    ],
)
@pytest.mark.parametrize("role", ["kawal_app", "kawal_owner"])
def test_the_database_refuses_to_change_what_was_published(statement, role):
    start()
    with connect(role) as opened, pytest.raises(psycopg.Error):
        opened.execute(statement)
    assert queries.head().size == 1


NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": []},
        {"at": "yesterday"},
        {"id": "00000000-0000-0000-0000-000000000001"},
        {"kind": "Payment made"},
        {"v": "1"},
        {"id": None},
        {"facts": {"x": "x" * 65_535}},
    ],
)
def test_the_database_refuses_a_leaf_that_nobody_could_read(changes):
    good = {"at": "2026-11-24T02:30:00.000000Z", "facts": {}, "id": NOBODY, "kind": "a.b", "v": 1}
    bad = json.dumps({k: v for k, v in (good | changes).items() if v is not None}).encode()
    with connect() as opened, pytest.raises(psycopg.errors.CheckViolation):
        opened.execute("INSERT INTO trail_leaf (id, canonical) VALUES (%s, %s)", [NOBODY, bad])
    assert models.Leaf.objects.count() == 0


@pytest.mark.parametrize("canonical", [b"no json", b"[]", b"\xff", b"7", b"null"])
def test_the_database_refuses_a_leaf_that_is_no_object(canonical):
    with connect() as opened, pytest.raises(psycopg.Error):
        opened.execute(
            "INSERT INTO trail_leaf (id, canonical) VALUES (%s, %s)", [NOBODY, canonical]
        )
    assert models.Leaf.objects.count() == 0
