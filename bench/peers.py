"""Prometheus, its blackbox exporter and Alertmanager, run beside us on the same targets.

They come from Debian's packages and are run as separate programs with their best settings for the
task: rules are evaluated each second, alerts are not held back for grouping.
"""

import json
import shutil
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.programs import Targets, program

PROGRAMS = ("prometheus", "prometheus-blackbox-exporter", "prometheus-alertmanager")


def missing() -> list[str]:
    """Return which of the peer's programs are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Sink:
    """Takes alerts by webhook and remembers when the first came for each target."""

    firing: dict[str, float] = field(default_factory=dict)
    resolved: dict[str, float] = field(default_factory=dict)
    port: int = 0

    @contextmanager
    def open(self) -> Iterator["Sink"]:
        """Listen while the block lasts."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(sink: Sink) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            now = time.time()
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for alert in told["alerts"]:
                seen = sink.firing if alert["status"] == "firing" else sink.resolved
                seen.setdefault(alert["labels"]["instance"], now)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@dataclass(frozen=True, slots=True)
class Stack:
    """The running peer: the processes to be measured."""

    pids: list[int]
    prometheus: str

    def up(self) -> float:
        """Return how many probes succeeded at the last scrape."""
        with urllib.request.urlopen(
            f"{self.prometheus}/api/v1/query?query=sum(probe_success)", timeout=10
        ) as answer:
            found = json.load(answer)["data"]["result"]
        return float(found[0]["value"][1]) if found else 0.0


@contextmanager
def stack(
    targets: Targets,
    numbers: range,
    folder: Path,
    *,
    interval: float,
    hold: float = 0.0,
    sink: Sink | None = None,
    scheme: str = "http",
) -> Iterator[Stack]:
    """Run the peer on some targets while the block lasts.

    ``interval`` and ``hold`` (how long a probe must fail before it alerts) are in seconds.
    """
    ports = {name: free_port() for name in PROGRAMS}
    folder.mkdir(parents=True)
    _write(folder, ports, [targets.url(n, scheme) for n in numbers], interval, hold, sink)
    with ExitStack() as running:
        processes = [
            running.enter_context(program(*words, log=folder / "peer.log"))
            for words in _commands(folder, ports)
        ]
        found = Stack([one.pid for one in processes], f"http://127.0.0.1:{ports['prometheus']}")
        _wait(found, len(numbers))
        yield found


def _commands(folder: Path, ports: dict[str, int]) -> list[list[str]]:
    main, blackbox, manager = PROGRAMS
    return [
        [
            blackbox,
            f"--config.file={folder}/blackbox.yml",
            f"--web.listen-address=127.0.0.1:{ports[blackbox]}",
            "--log.level=error",
        ],
        [
            manager,
            f"--config.file={folder}/alertmanager.yml",
            f"--storage.path={folder}/alertmanager",
            f"--web.listen-address=127.0.0.1:{ports[manager]}",
            "--cluster.listen-address=",
            "--log.level=error",
        ],
        [
            main,
            f"--config.file={folder}/prometheus.yml",
            f"--storage.tsdb.path={folder}/tsdb",
            f"--web.listen-address=127.0.0.1:{ports[main]}",
            "--log.level=error",
        ],
    ]


def _write(
    folder: Path,
    ports: dict[str, int],
    urls: list[str],
    interval: float,
    hold: float,
    sink: Sink | None,
) -> None:
    _, blackbox, manager = PROGRAMS
    (folder / "blackbox.yml").write_text(_BLACKBOX)
    (folder / "targets.json").write_text(json.dumps([{"targets": urls}]))
    (folder / "rules.yml").write_text(_RULES.format(hold=_span(hold)))
    (folder / "prometheus.yml").write_text(
        _PROMETHEUS.format(
            interval=_span(interval),
            folder=folder,
            blackbox=ports[blackbox],
            manager=ports[manager],
        )
    )
    (folder / "alertmanager.yml").write_text(_ALERTS.format(port=sink.port if sink else 9))


def _span(seconds: float) -> str:
    return f"{int(seconds * 1000)}ms"


def _wait(stack: Stack, wanted: int, patience: float = 90.0) -> None:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        try:
            if stack.up() >= wanted:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise TimeoutError(f"the peer did not see all {wanted} targets within {patience:.0f} s")


_BLACKBOX = """
modules:
  page:
    prober: http
    timeout: 5s
    http:
      preferred_ip_protocol: ip4
      fail_if_body_not_matches_regexp: ["Layanan siap"]
      tls_config: {insecure_skip_verify: true}
"""
_RULES = """
groups:
  - name: probes
    rules:
      - alert: Down
        expr: probe_success == 0
        for: {hold}
"""
_PROMETHEUS = """
global:
  scrape_interval: {interval}
  scrape_timeout: {interval}
  evaluation_interval: 1s
rule_files: [{folder}/rules.yml]
alerting:
  alertmanagers:
    - static_configs: [{{targets: ["127.0.0.1:{manager}"]}}]
scrape_configs:
  - job_name: probes
    metrics_path: /probe
    params: {{module: [page]}}
    file_sd_configs: [{{files: [{folder}/targets.json]}}]
    relabel_configs:
      - {{source_labels: [__address__], target_label: __param_target}}
      - {{source_labels: [__param_target], target_label: instance}}
      - {{target_label: __address__, replacement: "127.0.0.1:{blackbox}"}}
"""
_ALERTS = """
route:
  receiver: sink
  group_by: [instance]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: sink
    webhook_configs: [{{url: "http://127.0.0.1:{port}/", send_resolved: true}}]
"""
