"""Sequencers are killed at any moment while payments run; the log comes out whole."""

import os
import random
import select
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection

from kawal.trail import actions, models, queries, sequencer
from kawal.trail.facts import Deployment
from kawal.trail.tests.conftest import connect, minute
from kawal.trail.verification import verify

WORKER = """
import django, threading; django.setup()
from kawal.trail import sequencer
sequencer.run(threading.Event(), remember=lambda: print('placed', flush=True))
"""
PAYERS, KILLS = 4, 4


def start_worker():
    settings = connection.settings_dict
    host, password = (quote(settings[name], safe="") for name in ("HOST", "PASSWORD"))
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{settings['USER']}:{password}@/{settings['NAME']}"
        f"?host={host}&port={settings['PORT']}",
        "DJANGO_SETTINGS_MODULE": "kawal.config.settings",
        "PYTHONWARNINGS": "ignore",
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, text=True
    )


def end(worker):
    worker.send_signal(signal.SIGKILL)
    worker.communicate()


class Payer(threading.Thread):
    """Pays on a connection of his own: some payments last, some fail, most are quick."""

    def __init__(self, seed, stop):
        super().__init__()
        self.stop = stop
        self.chance = random.Random(seed)
        self.committed = []

    def run(self):
        with connect() as opened:
            while not self.stop.is_set():
                made = [self.pay(opened) for _ in range(self.chance.choice([1, 1, 3]))]
                time.sleep(self.chance.choice([0, 0, 0, 0.002, 0.3]))
                if self.chance.random() < 0.2:
                    opened.rollback()
                else:
                    opened.commit()
                    self.committed.append(made)

    def pay(self, opened):
        id = uuid4()
        text = (
            f'{{"at":"2026-11-24T02:30:00.000000Z","facts":{{"number":1}},"id":"{id}",'
            '"kind":"test.tried","v":1}'
        )
        opened.execute(
            "INSERT INTO trail_leaf (id, canonical) VALUES (%s, %s)", [id, text.encode()]
        )
        return id


@pytest.mark.alone  # an open transaction of another worker would hold the last leaves back
@pytest.mark.usefixtures("committed")
def test_nothing_is_lost_doubled_or_overtaken_when_sequencers_die():
    actions.start_log(origin="kawal.demo/12.75", kind=Deployment.DEMO, at=minute(0))
    workers = [start_worker() for _ in range(2)]
    stop = threading.Event()
    payers = [Payer(seed, stop) for seed in range(PAYERS)]
    chance, seen = random.Random(7), []
    for payer in payers:
        payer.start()
    for _ in range(KILLS):
        victim = workers.pop(0)
        assert select.select([victim.stdout], [], [], 60)[0], "it placed nothing in a minute"
        time.sleep(chance.uniform(0, 0.2))
        seen += queries.entries(after=seen[-1].number if seen else 0, limit=100_000)
        end(victim)
        workers.append(start_worker())
    stop.set()
    for payer in payers:
        payer.join()
    for worker in workers:
        end(worker)
    while sequencer.Sequencer().step(minute(1)):
        pass

    expected = [id for payer in payers for made in payer.committed for id in made]
    placed = list(models.Entry.objects.order_by("number").values_list("leaf_id", flat=True))
    assert sorted(placed[1:]) == sorted(expected)
    assert len(seen) > 20
    place = {id: number for number, id in enumerate(placed)}
    for payer in payers:
        for made in payer.committed:
            assert [place[id] for id in made] == sorted(place[id] for id in made)
    assert [one.number for one in seen] == list(range(1, len(seen) + 1))
    assert [one.id for one in seen] == placed[: len(seen)]
    verdict = verify()
    assert (verdict.faults, verdict.entries, verdict.waiting) == ((), len(expected) + 1, 0)


@pytest.mark.alone  # an open transaction of another worker would hold the last leaves back
@pytest.mark.usefixtures("committed")
def test_a_sequencer_waits_for_a_database_that_went_away(monkeypatch):
    actions.start_log(origin="kawal.demo/12.75", kind=Deployment.DEMO, at=minute(0))
    monkeypatch.setattr(sequencer, "RETRY_SECONDS", 0.05)
    stop, remembered = threading.Event(), []
    worker = threading.Thread(
        target=sequencer.run, args=(stop, lambda: minute(3), lambda: remembered.append(1))
    )
    connection.close()
    worker.start()
    with connect() as other:
        other.autocommit = True
        for number in range(3):
            other.execute(_END_ALL)
            Payer(number, stop).pay(other)
            until = time.monotonic() + 5
            while len(remembered) <= number and time.monotonic() < until:
                time.sleep(0.02)
            assert len(remembered) == number + 1
    stop.set()
    worker.join()
    assert queries.head().size == 4


_END_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""
