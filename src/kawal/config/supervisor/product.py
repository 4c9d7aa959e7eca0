"""The whole product in one run: what is started, in which order, and what is printed."""

import gc
import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click

from kawal.config import counting, environment
from kawal.config.cli.opening import point_django_at, prepare
from kawal.config.cli.verbs import Opens
from kawal.config.environment import Misconfigured
from kawal.config.lock import Lock
from kawal.config.supervisor import database, port
from kawal.config.supervisor.child import Child
from kawal.config.supervisor.run import Ended, Supervisor
from kawal.config.supervisor.voice import Voice

# Loaded once, before the fork, so that all processes share the memory of them.
SHARED = (
    "kawal.config.wsgi",
    "kawal.config.serve.web",
    "kawal.config.stream.app",
    "kawal.messages.courier",
    "kawal.trail.sequencer",
    "kawal.monitoring.prober.service",
    "granian.server",
    "procrastinate.contrib.django",
    "uvicorn",
)


def run(voice: Voice) -> int:
    """Run everything until somebody asks to stop or a process ends; return the exit code.

    :raises Misconfigured: when it cannot start; nothing is left running.
    """
    home = environment.home()
    lock = Lock(environment.run_folder() / "kawal.lock")
    if not lock.take():
        raise Misconfigured(
            f"Kawal already runs in {home} ({lock.holder()}); a second copy needs its own "
            "KAWAL_HOME and PORT"
        )
    try:
        port.see_free(environment.bind(), environment.port())
        return _with_database(home, lock, voice)
    finally:
        lock.release()


def _with_database(home: Path, lock: Lock, voice: Voice) -> int:
    running = database.start(home, voice.say)
    supervisor = Supervisor(environment.run_folder(), voice, database_ended=running.ended)
    supervisor.close_in_child += [lock.close, running.close_in_child]
    try:
        supervisor.listen()
        database.export(running)
        _load()
        _start(supervisor, running)
        supervisor.watch()
    except Ended as ended:
        voice.say(f"{ended}")
        return ended.code
    finally:
        voice.say("stopping")
        supervisor.stop()
        running.stop()
        voice.say("stopped")
    return 0


def _load() -> None:
    """Load every module into the supervisor; the collector then leaves them where they are."""
    counting.share()
    prepare(Opens.DJANGO)
    for name in SHARED:
        import_module(name)
    _warm()
    gc.collect()
    gc.freeze()


def _warm() -> None:
    """Read what Django reads at the first request."""
    from django.template import engines
    from django.urls import get_resolver

    engines.all()
    get_resolver().url_patterns  # noqa: B018 - reading it loads the views


def _start(supervisor: Supervisor, running: database.Running) -> None:
    from kawal.config import deployment

    demo = environment.deployment() == "demo"
    supervisor.complete(Child("migrate", lambda: migrate(running)))
    supervisor.complete(Child("kind", lambda: deployment.see_kind(environment.deployment())))
    if demo:
        supervisor.complete(Child("city", fill))
        trust_demo()
        supervisor.start(Child("demo", _served("demo"), 2))
    for name, stage in (("worker", 3), ("prober", 2), ("web", 2), ("stream", 1)):
        supervisor.start(Child(name, _served(name), stage))
    host, number = environment.bind(), environment.port()
    supervisor.watch(until=lambda: port.answers(host, number))
    supervisor.voice.announce(_welcome(demo=demo))


def _served(name: str) -> Callable[[], None]:
    def work() -> None:
        import_module(f"kawal.config.serve.{name}").serve()

    return work


def migrate(running: database.Running) -> None:
    """Bring the database up to date as its owner."""
    from django.core.management import call_command

    point_django_at(running.owner)
    call_command("migrate", interactive=False, verbosity=0)


def fill() -> None:
    """Fill the demo city where it is not there yet."""
    from kawal.demo import city

    city.fill(datetime.now(UTC), say=lambda step: click.echo(f"demo city: {step}"))


def trust_demo() -> None:
    """Let the prober trust the demo's own certificate authority, beside the machine's."""
    from kawal.demo import certificates

    os.environ.setdefault("KAWAL_CA_FILE", str(certificates.trusted(environment.home())))


def _welcome(*, demo: bool) -> str:
    lines = ["", f"  Kawal: {environment.base_url()}   (Ctrl-C stops it)"]
    if demo:
        from kawal.demo import city

        lines += ["", f"  Demo applications / aplikasi peraga: {city.applications_url()}"]
        lines += ["", "  Demo logins / akun demo:"]
        lines += [f"    {login:<22} {password:<22} {who}" for who, login, password in city.logins()]
    return "\n".join([*lines, ""])
