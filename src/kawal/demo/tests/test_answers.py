"""What a demo application says, well and ill."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from kawal.demo import answers, pages
from kawal.demo.facts.applications import APPLICATIONS, BY_CODE
from kawal.demo.faults import Fault, Spell

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ELSEWHERE = "http://127.0.0.1:9/"


def ask(path="/", fault=None, code="e-pbb"):
    spell = fault and Spell(fault, AT - timedelta(minutes=2), AT + timedelta(minutes=5))
    return answers.answer(1, BY_CODE[code], path, spell, at=AT, elsewhere=ELSEWHERE)


@pytest.mark.parametrize("application", APPLICATIONS[:69], ids=lambda one: one.code)
def test_every_page_says_what_it_is_and_that_it_is_simulated(application):
    answer = ask(code=application.code)
    text = answer.body.decode()
    assert answer.status == 200
    assert f"<h1>{application.name}</h1>" in text
    assert text.count("SIMULASI") == 2
    assert pages.KEYWORD in text
    assert application.owner in text


@pytest.mark.parametrize(
    ("fault", "status", "keyword"),
    [
        (None, 200, True),
        (Fault.SLOW, 200, True),
        (Fault.STALE, 200, True),
        (Fault.SILENT_JOB, 200, True),
        (Fault.ERROR, 500, False),
        (Fault.WRONG_PAGE, 200, False),
        (Fault.MAINTENANCE, 503, False),
        (Fault.REDIRECT, 302, False),
    ],
)
def test_each_fault_shows_in_its_own_way(fault, status, keyword):
    answer = ask(fault=fault)
    assert answer.status == status
    assert (pages.KEYWORD.encode() in answer.body) is keyword


@pytest.mark.parametrize("fault", [Fault.HANGING, Fault.REFUSED])
def test_some_faults_never_answer(fault):
    assert ask(fault=fault) is None


def test_a_lapsed_domain_leads_elsewhere():
    assert ask(fault=Fault.REDIRECT).location == ELSEWHERE


def test_a_slow_one_takes_seconds_and_a_quick_one_a_tenth():
    assert ask(fault=Fault.SLOW).delay > 4
    assert 0.003 < ask().delay < 0.14


@pytest.mark.parametrize(
    ("fault", "status", "word"),
    [
        (None, 200, "ok"),
        (Fault.ERROR, 500, "galat"),
        (Fault.WRONG_PAGE, 200, "galat"),
        (Fault.MAINTENANCE, 503, "pemeliharaan"),
        (Fault.STALE, 200, "ok"),
    ],
)
def test_health_tells_programs_the_same(fault, status, word):
    answer = ask("/health", fault)
    says = json.loads(answer.body)
    assert (answer.status, says["status"], says["simulasi"]) == (status, word, True)
    stale = AT - datetime.fromisoformat(says["data_terakhir"]) > timedelta(hours=24)
    assert stale is (fault is Fault.STALE)


def test_metrics_are_openmetrics():
    lines = ask("/metrics").body.decode().splitlines()
    assert lines[-1] == "# EOF"
    assert lines[0] == "# TYPE transaksi_hari_ini gauge"
    assert int(lines[1].split()[1]) == json.loads(ask("/health").body)["transaksi_hari_ini"]


def test_what_is_not_there_is_not_found():
    assert ask("/<script>").status == 404
    assert b"<script>" not in ask("/<script>").body
