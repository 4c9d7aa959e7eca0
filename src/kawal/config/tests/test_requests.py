"""Each request answers with its id, and its one line in the log names nobody and no secret."""

import io
import json
import logging
import os
from typing import Any
from unittest import mock

import pytest
import structlog
from django.test import Client

from kawal.config import logs
from kawal.config.wsgi import client_address


@pytest.fixture
def lines():
    """Return what is logged, as the JSON lines of production."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    config = logs.logging_config("json")["formatters"]["lines"]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=config["foreign_pre_chain"], processors=config["processors"]
        )
    )
    handler.addFilter(logs.pathless)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_given_request_id_comes_back_and_is_on_the_line(client: Client, lines: Any):
    answer = client.get("/no-such-page?token=abc", headers={"X-Request-ID": "proxy-0001"})
    assert answer["X-Request-ID"] == "proxy-0001"
    (line,) = [line for line in lines() if line["event"] == "request"]
    assert (line["request_id"], line["route"], line["status"]) == (
        "proxy-0001",
        "(no such page)",
        404,
    )


def test_a_file_of_ours_is_no_missing_page(client: Client, lines: Any):
    client.get("/static/ui/no-such.css")
    (line,) = [line for line in lines() if line["event"] == "request"]
    assert (line["route"], line["status"]) == ("/static/", 404)


@pytest.mark.parametrize("path", ["/a%00b", "/status/?q=%00"])
def test_a_zero_byte_in_an_address_is_refused(client: Client, path: str):
    assert client.get(path).status_code == 400


def test_a_zero_byte_in_a_form_is_refused_before_anything_reads_it(client: Client):
    form = "application/x-www-form-urlencoded"
    assert client.post("/status/", "q=a%00b", content_type=form).status_code == 400


def test_a_malformed_request_id_is_replaced(client: Client):
    answer = client.get("/healthz", headers={"X-Request-ID": "x\nSet-Cookie: a"})
    assert len(answer["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_neither_path_nor_query_nor_address_is_logged(client: Client, lines: Any):
    client.get("/ping/3f9c-key?email=siti@example.go.id", REMOTE_ADDR="203.0.113.9")
    everything = json.dumps(lines())
    for trace in ("3f9c-key", "siti@", "203.0.113.9"):
        assert trace not in everything


@pytest.mark.django_db
def test_a_fault_is_logged_with_the_id_and_without_the_path(client: Client, lines: Any):
    client.raise_request_exception = False
    with mock.patch("kawal.config.health.JsonResponse", side_effect=RuntimeError("boom")):
        answer = client.get("/healthz?nik=1275010101800001")
    assert answer.status_code == 500
    faults = [line for line in lines() if line["level"] == "error"]
    assert [fault["request_id"] for fault in faults] == [answer["X-Request-ID"]]
    assert "RuntimeError: boom" in faults[0]["exception"]
    assert "1275010101800001" not in json.dumps(lines())


def test_secrets_and_personal_numbers_are_hidden(lines: Any):
    structlog.get_logger("kawal.trial").warning(
        "sent to siti@binjaikota.go.id", password="rahasia", person=7, note="NIK 1275010101800001"
    )
    (line,) = lines()
    assert (line["password"], line["person"]) == ("[disembunyikan]", 7)
    assert "siti@" not in line["event"] and "1275" not in line["note"]


@pytest.mark.parametrize(
    ("environ", "behind_proxy", "address"),
    [
        ({"REMOTE_ADDR": "203.0.113.9"}, False, "203.0.113.9"),
        ({"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, False, "203.0.113.9"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False, "127.0.0.1"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 8.8.8.8"}, True, "8.8.8.8"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8"}, True, "8.8.8.8"),
        ({"REMOTE_ADDR": ""}, True, ""),
    ],
)
def test_the_visitors_address_is_what_the_nearest_of_ours_saw(
    environ: dict[str, Any], behind_proxy: bool, address: str
):
    assert client_address(environ, behind_proxy=behind_proxy) == address


@pytest.mark.django_db
def test_figures_are_for_this_machine_or_a_bearer_of_the_token(client: Client):
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 404
    with mock.patch.dict(os.environ, KAWAL_METRICS_TOKEN="t0ken"):
        for given, status in (("Bearer t0ken", 200), ("Bearer other", 404)):
            answer = client.get(
                "/metrics", REMOTE_ADDR="203.0.113.9", headers={"Authorization": given}
            )
            assert answer.status_code == status


@pytest.mark.django_db
def test_every_figure_begins_with_our_name_and_requests_are_counted_by_route(client: Client):
    client.get("/healthz")
    text = client.get("/metrics", REMOTE_ADDR="127.0.0.1").content.decode()
    names = {line.split("{")[0].split()[0] for line in text.splitlines() if line[0] != "#"}
    assert {name for name in names if not name.startswith("kawal_")} == set()
    assert 'kawal_http_requests_total{method="GET",route="/healthz",status="200"}' in text


@pytest.mark.django_db
def test_ready_says_what_is_missing(client: Client):
    assert client.get("/readyz").json() == {
        "status": "ok",
        "migrations_waiting": 0,
        "worker_seconds": None,
    }
    with mock.patch("kawal.config.health.migrations_waiting", return_value=2):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "run kawal migrate")
