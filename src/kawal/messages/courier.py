"""Delivers what the outbox holds: at least once, however often it is killed or refused.

A turn claims due deliveries (``SKIP LOCKED``, so that couriers share the work), gives them to a
few threads, and records each outcome. Only this thread talks to the database. A claim that nobody
answered for runs out, and the delivery is taken again under the same Message-ID.
"""

import hashlib
import logging
import queue
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kawal.identity import queries as identity
from kawal.kernel.words import N_
from kawal.messages import mail, queries, rules
from kawal.messages.facts import OPEN_STATES, Channel, DeliveryState
from kawal.messages.mail import Folder, Mail, Outcome, Server
from kawal.messages.models import Attempt, Delivery

HANDS = 16
CLAIM = timedelta(minutes=5)
WAIT_SECONDS = 0.25
RETRY_SECONDS = 2.0
PARTING_SECONDS = 8.0
NO_ADDRESS = N_("Penerima tidak mempunyai alamat surel.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """One claimed delivery: its mail, how often it was tried, since when it waits."""

    delivery_id: int
    claim: UUID
    attempts: int
    since: datetime
    mail: Mail


class Hands:
    """Threads that send; daemons, so that a stalled server cannot keep the process from ending."""

    def __init__(self, server: Server | Folder, count: int) -> None:
        self.waiting: queue.SimpleQueue[Errand] = queue.SimpleQueue()
        self.done: queue.SimpleQueue[tuple[Errand, Outcome]] = queue.SimpleQueue()
        self._server = server
        for number in range(count):
            name = f"courier-{number}"
            threading.Thread(target=self._work, name=name, daemon=True).start()

    def _work(self) -> None:
        while True:
            errand = self.waiting.get()
            try:
                outcome = self._server.hand_over(errand.mail)
            except Exception as error:  # one bad mail must not take a hand away
                _log.exception("a mail could not be composed")
                outcome = Outcome(False, error=rules.scrubbed(f"{type(error).__name__}: {error}"))
            self.done.put((errand, outcome))


class Courier:
    """One that delivers; any number may work side by side."""

    def __init__(
        self, server: Server | Folder, clock: Callable[[], datetime], hands: int = HANDS
    ) -> None:
        self._hands = Hands(server, hands)
        self._clock = clock
        self._free = hands
        self._count = hands
        self._done: deque[tuple[Errand, Outcome]] = deque()

    @property
    def out(self) -> int:
        """Return how many mails are being sent, or wait to be recorded."""
        return self._count - self._free + len(self._done)

    def take_up(self) -> None:
        """Claim what is due, as much as there are free hands, and start sending it."""
        if self._free and is_due(self._clock()):
            for errand in claim(self._clock(), self._free):
                self._free -= 1
                self._hands.waiting.put(errand)

    def bring_home(self, wait: float) -> None:
        """Record every outcome there is; wait so many seconds for the first."""
        try:
            while self._free < self._count:
                self._done.append(self._hands.done.get(timeout=wait))
                self._free, wait = self._free + 1, 0.0
        except queue.Empty:
            pass
        while self._done:
            record(*self._done[0], at=self._clock())
            self._done.popleft()


def run(stop: threading.Event, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
    """Deliver until ``stop`` is set; without a mail server mail just waits in the outbox."""
    server = mail.server(settings.SMTP_URL, settings.MAIL_FROM)
    if server is None:
        stop.wait()
        return
    courier = Courier(server, clock)
    while not stop.is_set():
        try:
            courier.take_up()
            courier.bring_home(WAIT_SECONDS)
        except DatabaseError:
            _log.exception("the courier lost the database")
            connection.close()
            stop.wait(RETRY_SECONDS)
        else:
            if not courier.out:
                stop.wait(WAIT_SECONDS)
    _part(courier)


def _part(courier: Courier) -> None:
    """Take nothing up any more, and record what still comes home in time."""
    end = time.monotonic() + PARTING_SECONDS
    try:
        while courier.out and time.monotonic() < end:
            courier.bring_home(WAIT_SECONDS)
    except DatabaseError:
        _log.exception("the courier lost the database while ending")
    connection.close()


_DUE = """
SELECT EXISTS (
    SELECT FROM messages_delivery WHERE channel = %s AND state = ANY (%s) AND due_at <= %s
        AND (claimed_until IS NULL OR claimed_until <= %s)
)
"""


def is_due(at: datetime) -> bool:
    """Tell, with one cheap look, whether any mail waits to be claimed."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [Channel.EMAIL, [str(state) for state in OPEN_STATES], at, at])
        return bool(cursor.fetchone()[0])


def claim(at: datetime, limit: int) -> list[Errand]:
    """Claim up to ``limit`` mails that are due and return what is to be sent.

    A delivery whose reader has no address is given up here.
    """
    claim = uuid4()
    with transaction.atomic():
        due = Delivery.objects.filter(channel=Channel.EMAIL, state__in=OPEN_STATES, due_at__lte=at)
        unclaimed = due.filter(Q(claimed_until=None) | Q(claimed_until__lte=at))
        locked = unclaimed.order_by("due_at", "pk").select_for_update(skip_locked=True)
        ids = list(locked.values_list("pk", flat=True)[:limit])
        Delivery.objects.filter(pk__in=ids).update(claim=claim, claimed_until=at + CLAIM)
    rows = Delivery.objects.filter(pk__in=ids).select_related("message").order_by("due_at", "pk")
    return _errands(claim, list(rows), at) if ids else []


def _errands(claim: UUID, rows: Sequence[Delivery], at: datetime) -> list[Errand]:
    people = [row.person_id for row in rows if row.person_id is not None]
    addresses, languages = identity.addresses(people), queries.languages(people)
    errands = []
    for row in rows:
        to = row.address or addresses.get(row.person_id or 0, "")
        letter = compose(row, to, languages.get(row.person_id or 0, settings.LANGUAGE_CODE))
        errand = Errand(row.pk, claim, row.attempts, row.message.at, letter)
        if to:
            errands.append(errand)
        else:
            record(errand, Outcome(False, error=NO_ADDRESS, final=True), at=at)
    return errands


def compose(row: Delivery, to: str, language: str) -> Mail:
    """Return the mail in its reader's language; its identity depends on the delivery alone."""
    host = urlsplit(settings.BASE_URL).hostname
    key = hashlib.sha256(row.message.key.encode()).hexdigest()[:16]
    with translation.override(language):
        lines = [queries.said(one) for one in row.message.body]
        if row.message.link:
            lines.append(f"{settings.BASE_URL}{row.message.link}")
        if row.person_id is not None:
            lines.append("-- \n" + _("Atur pesan yang Anda terima: %(url)s") % {"url": _choices()})
        subject = queries.said(row.message.subject)
    return Mail(f"{row.pk}.{key}@{host}", to, f"{_mark()}{subject}", "\n\n".join(lines))


def _choices() -> str:
    return f"{settings.BASE_URL}{reverse('messages:choices')}"


def _mark() -> str:
    """Return what sets the mails of a deployment that is not live apart."""
    return "" if settings.DEPLOYMENT == "live" else f"[{settings.DEPLOYMENT.upper()}] "


@transaction.atomic
def record(errand: Errand, outcome: Outcome, *, at: datetime) -> None:
    """Keep what came of an attempt; a claim that ran out meanwhile still keeps a success."""
    Attempt.objects.create(
        delivery_id=errand.delivery_id,
        at=at,
        ok=outcome.ok,
        code=outcome.code,
        error=outcome.error,
    )
    row = Delivery.objects.filter(pk=errand.delivery_id)
    if outcome.ok:
        row.exclude(state=DeliveryState.SENT).update(
            state=DeliveryState.SENT,
            sent_at=at,
            attempts=F("attempts") + 1,
            last_error="",
            claim=None,
            claimed_until=None,
        )
        return
    given_up = outcome.final or at - errand.since > rules.PATIENCE
    row.filter(claim=errand.claim, state__in=OPEN_STATES).update(
        state=DeliveryState.GIVEN_UP if given_up else DeliveryState.FAILED,
        due_at=at + rules.wait(errand.attempts + 1, random.random()),  # noqa: S311 - only spreads
        attempts=F("attempts") + 1,
        last_error=outcome.error,
        claim=None,
        claimed_until=None,
    )
