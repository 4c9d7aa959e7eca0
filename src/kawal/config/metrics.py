"""Figures of all our processes in one answer for Prometheus: ``/metrics``.

Counters live in files that every process writes and any of them can add up (``KAWAL_HOME/run/
metrics``); figures of the database are asked for when somebody reads them.
"""

import hmac
import ipaddress
import os
from collections.abc import Iterable
from typing import Any

import prometheus_client
import structlog
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from kawal.kernel import measures

log = structlog.get_logger(__name__)

REQUESTS = prometheus_client.Counter(
    "kawal_http_requests", "Requests served", ["method", "route", "status"]
)
SECONDS = prometheus_client.Histogram(
    "kawal_http_request_seconds",
    "Time taken to serve a request",
    ["route"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def served(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request, by its route (never its path)."""
    REQUESTS.labels(method if method in METHODS else "other", route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


class Asked:
    """The figures of the modules, asked for now."""

    def collect(self) -> Iterable[Metric]:
        """Yield each figure; one that cannot be asked is left out and logged."""
        for measure in measures.all_measures():
            try:
                with transaction.atomic():
                    answer = list(measure.ask())
            except DatabaseError as error:
                log.warning("figure not available", figure=measure.name, cause=type(error).__name__)
                continue
            names = sorted({label for labels, _ in answer for label in labels})
            family = GaugeMetricFamily(measure.name, measure.says, labels=names)
            for labels, value in answer:
                family.add_metric([labels.get(name, "") for name in names], value)
            yield family


class Ours:
    """What our processes counted; libraries' own figures are left out."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def collect(self) -> Iterable[Metric]:
        """Yield the figures whose names begin with ``kawal_``."""
        return (metric for metric in self.inner.collect() if metric.name.startswith("kawal_"))


def text() -> bytes:
    """Return everything in the Prometheus text format."""
    registry = prometheus_client.CollectorRegistry()
    shared = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    counted: Any = prometheus_client.REGISTRY
    if shared:
        counted = MultiProcessCollector(None, shared)  # type: ignore[no-untyped-call]
    registry.register(Ours(counted))
    registry.register(Asked())
    return prometheus_client.generate_latest(registry)


def may_read(request: HttpRequest, token: str) -> bool:
    """Tell whether the reader is on this machine or bears the token (``KAWAL_METRICS_TOKEN``)."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme.lower() == "bearer":
        return hmac.compare_digest(given.encode(), token.encode())
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def view(request: HttpRequest) -> HttpResponse:
    """Answer with the figures; strangers get the same answer as for a page that is not there."""
    if not may_read(request, os.environ.get("KAWAL_METRICS_TOKEN", "")):
        return HttpResponse("Not Found\n", status=404, content_type="text/plain")
    return HttpResponse(text(), content_type=prometheus_client.CONTENT_TYPE_LATEST)
