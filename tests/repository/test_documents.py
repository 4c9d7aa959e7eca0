"""The repository's documents keep their own promises."""

import re
from pathlib import Path

import pytest

from kawal.monitoring.doors import PING, PUSH

DECISIONS = sorted(Path("docs/decisions").glob("*.md"))


def test_decisions_are_numbered_without_a_gap_and_short():
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04d}" for number in range(1, len(DECISIONS) + 1)
    ]
    assert {path.name for path in DECISIONS if len(path.read_text().splitlines()) > 40} == set()


def test_every_unit_names_the_program_where_the_how_to_puts_it():
    for unit in Path("docs/how-to/systemd").glob("*.service"):
        assert "/opt/kawal/.venv/bin/kawal" in unit.read_text(), unit


@pytest.mark.parametrize("path", ["/events", f"{PING}kunci", f"{PUSH}kunci"])
def test_both_proxies_lead_what_the_stream_process_answers_to_it(path: str):
    nginx = Path("docs/how-to/nginx.conf").read_text()
    exact = re.findall(r"location = (\S+) \{\s+proxy_pass http://kawal_stream;", nginx)
    begins = re.findall(r"location ~ (\S+) \{\s+proxy_pass http://kawal_stream;", nginx)
    assert path in exact or any(re.search(one, path) for one in begins)
    (caddy,) = re.findall(r"@stream path (.+)", Path("docs/how-to/Caddyfile").read_text())
    assert any(re.fullmatch(one.replace("*", ".*"), path) for one in caddy.split())
