"""Structured logs: one JSON object a line, or readable lines at a terminal; nobody's data in them.

Every module logs with ``structlog.get_logger(__name__)``, an event in plain words and its facts as
named values: ``log.info("incident opened", incident=incident.id)``.
"""

import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from kawal.kernel.screening import HIDDEN, redact

SECRET_NAMES = ("password", "token", "secret", "cookie", "authorization", "nik", "nip", "ticket")
UNTOUCHED = frozenset({"timestamp", "level", "logger", "process", "request_id", "route"})


def kind() -> str:
    """Return how lines are written: ``json`` or ``console`` (KAWAL_LOG; by the terminal else)."""
    named = os.environ.get("KAWAL_LOG", "")
    if named in {"json", "console"}:
        return named
    return "console" if sys.stderr.isatty() else "json"


def hide(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace secrets by their names, and personal numbers wherever they stand."""
    for name, value in line.items():
        if name in UNTOUCHED:
            continue
        if any(secret in name.lower() for secret in SECRET_NAMES):
            line[name] = HIDDEN
        elif isinstance(value, str):
            line[name] = redact(value)
    return line


def name_process(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Add which of our processes speaks."""
    if process := os.environ.get("KAWAL_PROCESS"):
        line["process"] = process
    return line


def pathless(record: logging.LogRecord) -> bool:
    """Name the route, not the path, in Django's own lines: a path may hold a key or a token."""
    from kawal.config.requests import route_of  # the settings import this file

    request = getattr(record, "request", None)
    if request is not None and record.args:
        route = route_of(request)
        record.args = tuple(
            route if argument == request.path else argument
            for argument in (record.args if isinstance(record.args, tuple) else ())
        )
        record.__dict__.pop("request")
    return True


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    name_process,
]


def _last(kind: str) -> list[Any]:
    """Return what is done last with every line, ours and the libraries'."""
    only_ours = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if kind == "json":
        return [only_ours, structlog.processors.format_exc_info, hide, _json()]
    return [only_ours, structlog.processors.format_exc_info, hide, _console()]


def _json() -> Any:
    import msgspec

    encode = msgspec.json.Encoder(enc_hook=str).encode
    return structlog.processors.JSONRenderer(serializer=lambda line, **_: encode(line).decode())


def _console() -> Any:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def configure_structlog() -> None:
    """Send our own lines through the standard library's handlers, beside those of the libraries."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_config(kind: str) -> dict[str, Any]:
    """Return the standard library's configuration for this way of writing."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"pathless": {"()": lambda: pathless}},
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": _last(kind),
            }
        },
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "lines",
                "filters": ["pathless"],
            }
        },
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # One line a request is ours (config.requests); a missing page is no event.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "procrastinate": {"level": "WARNING"},
            "apprise": {"level": "WARNING"},
            "uvicorn": {"handlers": [], "level": "WARNING", "propagate": True},
            "axes": {"level": "WARNING"},
        },
    }


def granian_config() -> dict[str, Any]:
    """Return what granian is to do with its lines: hand them to the root."""
    passed_on = {"handlers": [], "level": "WARNING", "propagate": True}
    return {"loggers": {"_granian": passed_on, "granian.access": passed_on}}
