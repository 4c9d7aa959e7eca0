"""What is allowed and why not: persons, logins, drafts, lock-out. Pure, all reasons."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from kawal.identity.facts import PersonDraft
from kawal.identity.numbers import digits, nik_reasons, nip_reasons
from kawal.kernel.refusals import Reason, StaleDraft
from kawal.kernel.words import N_

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,49}")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
PHONE = re.compile(r"\+?[0-9]{8,15}")

FREE_BY_NAME = 5
FREE_BY_ADDRESS = 50  # a whole town hall may share one address
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)


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
            (taken, Reason("username_taken", N_("Nama pengguna sudah dipakai"), "username")),
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


def locked_until(*, failures: int, last_at: datetime, free: int) -> datetime | None:
    """Return until when a name or address that failed so often waits; ``None``: it need not.

    The wait doubles with each failure from the free ones on, up to an hour, so guessing slows to
    a crawl while a person who mistyped waits half a minute.
    """
    if failures < free:
        return None
    doublings = min(failures - free, 20)
    wait: timedelta = min(FIRST_LOCK * float(2**doublings), LONGEST_LOCK)
    return last_at + wait


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
