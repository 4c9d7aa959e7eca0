"""All that is held on one person, for that person (UU 27/2022, Ps 5 and 7)."""

from collections.abc import Mapping
from datetime import datetime

from kawal.identity import registry
from kawal.identity.facts import Held
from kawal.identity.fields import Sealed
from kawal.identity.models import Person
from kawal.identity.queries.logins import logins_of
from kawal.kernel.refusals import NotThere
from kawal.kernel.words import N_


def _plain(text: Sealed | None) -> str:
    return text.reveal() if text else ""


def numbers(person_id: int) -> dict[str, str]:
    """Return a person's NIP, NIK and telephone in plain; the caller records the access.

    :raises NotThere: when there is no such person.
    """
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotThere(f"person {person_id}")
    return {"nip": _plain(row.nip), "nik": _plain(row.nik), "phone": _plain(row.phone)}


def held(person_id: int, *, at: datetime) -> Held:
    """Return what every module holds on a person, in groups of labels and values.

    :raises NotThere: when there is no such person.
    """
    secret = numbers(person_id)
    row = Person.objects.get(pk=person_id)
    person = row.as_facts()
    groups: dict[str, Mapping[str, object]] = {
        N_("Jati diri"): {
            N_("Nama"): person.full_name,
            N_("NIP"): secret["nip"],
            N_("NIK"): secret["nik"],
            N_("Alamat surel"): person.email,
            N_("Telepon"): secret["phone"],
            N_("Tercatat sejak"): row.created_at,
        },
        N_("Akun"): {login.username: login.last_login or "" for login in logins_of(person_id)},
    }
    return Held(person, groups | registry.holdings(person_id, at))
