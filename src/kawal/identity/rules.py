"""What is allowed and why not: persons, logins, drafts, lock-out. Pure, all reasons."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kawal.identity.facts import PersonDraft
from kawal.identity.numbers import digits, nik_reasons, nip_reasons
from kawal.kernel.refusals import Reason, StaleDraft
from kawal.kernel.words import N_

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,49}")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
PHONE = re.compile(r"\+?[0-9]{8,15}")


@dataclass(frozen=True, slots=True)
class Patience:
    """How failed sign-ins are met: so many are free, then waits that double up to the longest."""

    kind: str
    free: int
    first: timedelta
    longest: timedelta
    forgotten: timedelta


BY_NAME = Patience(
    "name", 5, timedelta(seconds=30), timedelta(hours=1), forgotten=timedelta(hours=24)
)
# A whole town hall may share one address: many are free, and they are soon forgotten.
BY_ADDRESS = Patience(
    "address", 100, timedelta(seconds=5), timedelta(minutes=5), forgotten=timedelta(minutes=10)
)
FORGOTTEN_AFTER = max(BY_NAME.forgotten, BY_ADDRESS.forgotten)
LONGEST_SESSION = timedelta(hours=12)


def applying(cases: Iterable[tuple[bool, Reason]]) -> list[Reason]:
    """Return the reasons whose condition is true."""
    return [reason for is_true, reason in cases if is_true]


def person_reasons(draft: PersonDraft, *, on: date) -> list[Reason]:
    """Return every reason to refuse this person; numbers and addresses may be left out."""
    phone = digits(draft.phone)
    reasons = applying(
        [
            (not draft.name.strip(), Reason("name_missing", N_("Nama wajib diisi"), "name")),
            (
                len(draft.name.strip()) > 200,
                Reason("name_long", N_("Nama paling panjang 200 huruf"), "name"),
            ),
            (
                len(draft.title_before.strip()) > 60,
                Reason("title_long", N_("Gelar depan paling panjang 60 huruf"), "title_before"),
            ),
            (
                len(draft.title_after.strip()) > 120,
                Reason("title_long", N_("Gelar belakang paling panjang 120 huruf"), "title_after"),
            ),
            (
                bool(draft.email.strip()) and not EMAIL.fullmatch(draft.email.strip()),
                Reason(
                    "email_form", N_("Alamat surel tidak benar, contoh: siti@kota.go.id"), "email"
                ),
            ),
            (
                bool(phone) and not PHONE.fullmatch(phone),
                Reason("phone_form", N_("Nomor telepon terdiri atas 8 sampai 15 angka"), "phone"),
            ),
        ]
    )
    reasons += nip_reasons(draft.nip, on=on) if digits(draft.nip) else []
    reasons += nik_reasons(draft.nik) if digits(draft.nik) else []
    return reasons


TAKEN = Reason("username_taken", N_("Nama pengguna sudah dipakai"), "username")


def login_reasons(
    username: str, *, taken: bool, person_active: bool, demo_elsewhere: bool
) -> list[Reason]:
    """Return every reason not to open this login.

    ``taken``: another login has the name; ``demo_elsewhere``: a demo login outside a demo.
    """
    return applying(
        [
            (
                not USERNAME.fullmatch(username),
                Reason(
                    "username_form",
                    N_("Nama pengguna: 3-50 huruf kecil, angka, titik atau garis"),
                    "username",
                ),
            ),
            (taken, TAKEN),
            (
                not person_active,
                Reason("person_closed", N_("Orang ini sudah tidak aktif"), "person"),
            ),
            (
                demo_elsewhere,
                Reason("demo_login", N_("Akun demo hanya ada pada pemasangan demo"), "username"),
            ),
        ]
    )


def locked_until(patience: Patience, *, failures: int, last_at: datetime) -> datetime | None:
    """Return until when a name or address that failed so often waits; ``None``: it need not.

    The wait doubles with each failure after the free ones, so guessing slows to a crawl while a
    person who mistyped waits half a minute.
    """
    if failures < patience.free:
        return None
    doublings = min(failures - patience.free, 30)
    wait: timedelta = min(patience.first * float(2**doublings), patience.longest)
    return last_at + wait


def failures_left_behind(patience: Patience, *, last_at: datetime, at: datetime) -> bool:
    """Tell whether the last failure is so long ago that counting starts anew."""
    return at - last_at >= patience.forgotten


def session_is_over(*, started_at: datetime, at: datetime) -> bool:
    """Tell whether a session has lasted a working day: then one signs in again."""
    return at - started_at >= LONGEST_SESSION


def needs_second_factor(*, privileged: bool, enforced: bool, has_one: bool) -> bool:
    """Tell whether this person must set up a second factor before going on.

    ``privileged`` is decided above (who may act in money or over others); ``enforced`` is the
    deployment's setting, which only a demo may switch off.
    """
    return privileged and enforced and not has_one


def check_version(*, read: int, current: int, theirs: Mapping[str, object]) -> None:
    """Let a draft be saved only over the version that its editor read.

    :raises StaleDraft: when somebody saved since; it carries what stands there now.
    """
    if read != current:
        raise StaleDraft(read=read, current=current, theirs=theirs)
