"""``kawal import appointments``: officials and their decrees, as proposals to be approved."""

from collections.abc import Sequence
from typing import Any

import click
from django.db import transaction

from kawal.identity import actions as identity_actions
from kawal.identity import queries as identity
from kawal.identity.facts import PersonDraft
from kawal.kernel.importing import Column, Import, Row, Unreadable, Written, import_command
from kawal.kernel.importing.parsing import at_most, day, one_of
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import actions, queries
from kawal.regions.facts import ROLES, Acting, Actor, AppointmentDraft, Role
from kawal.regions.imports.cells import agency_code
from kawal.regions.imports.people import acting_as

WORDS = {facts.label: role for role, facts in ROLES.items()}
WORDS |= {facts.short: role for role, facts in ROLES.items()}
WORDS |= {"wali kota": Role.KEPALA_DAERAH, "bupati": Role.KEPALA_DAERAH, "ppk skpd": Role.PPK_SKPD}
CAPACITIES = {"definitif": Acting.DEFINITIVE, "plt.": Acting.PLT, "plh.": Acting.PLH}


def _nip(cell: str) -> str:
    digits = "".join(c for c in cell if c.isdigit())
    if len(digits) != 18:
        raise Unreadable("regions.nip", N_("NIP terdiri atas 18 angka"))
    return digits


class AppointmentsImport(Import):
    """Officials by NIP: unknown ones are entered as persons, each appointment is proposed.

    Nobody is appointed by a file: a second administrator approves the proposals.
    """

    columns = (
        Column("nip", N_("NIP"), (), _nip, required=True),
        Column("name", N_("Nama"), ("nama pejabat", "official"), at_most(200), required=True),
        Column("title_before", N_("Gelar depan"), (), at_most(60), default=""),
        Column("title_after", N_("Gelar belakang"), (), at_most(120), default=""),
        Column("email", N_("Surel"), ("e mail",), at_most(200), default=""),
        Column("role", N_("Peran"), ("jabatan",), one_of(Role, WORDS), required=True),
        Column("agency", N_("Kode perangkat daerah"), ("kode opd", "agency code"), agency_code),
        Column(
            "acting",
            N_("Status"),
            ("kapasitas",),
            one_of(Acting, CAPACITIES),
            default=Acting.DEFINITIVE,
        ),
        Column("sk_number", N_("Nomor SK"), ("sk", "decree"), at_most(100), required=True),
        Column("sk_date", N_("Tanggal SK"), ("decree date",), day, required=True),
        Column("valid_from", N_("Mulai"), ("tmt", "berlaku mulai", "from"), day, required=True),
        Column("valid_until", N_("Sampai"), ("berlaku sampai", "until"), day),
    )
    batch = 100

    def __init__(self, *, actor: Actor) -> None:
        self.actor = actor

    def write(self, rows: Sequence[Row]) -> Written:
        """Propose the appointments of a batch; those on record already are unchanged."""
        fates = {"new": 0, "unchanged": 0}
        rejected: list[tuple[int, Sequence[Reason]]] = []
        for row in rows:
            try:
                with transaction.atomic():
                    fates[self._one(row)] += 1
            except Refused as refused:
                rejected.append((row.line, refused.reasons))
        return Written(fates["new"], 0, fates["unchanged"], rejected)

    def _one(self, row: Row) -> str:
        known = identity.by_nip(row["nip"])
        draft = self._draft(row, known.id if known else 0)
        if known and queries.is_on_record(draft):
            return "unchanged"
        if known is None:
            person = identity_actions.register_person(_person(row), at=self.actor.at)
            draft = self._draft(row, person.id)
        actions.propose_appointment(draft, actor=self.actor)
        return "new"

    def _draft(self, row: Row, person_id: int) -> AppointmentDraft:
        return AppointmentDraft(
            person_id=person_id,
            role=row["role"],
            agency_id=_agency_id(row),
            acting=row["acting"],
            sk_number=row["sk_number"],
            sk_date=row["sk_date"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
        )


def _person(row: Row) -> PersonDraft:
    given: dict[str, Any] = {
        name: row[name] for name in ("name", "title_before", "title_after", "nip", "email")
    }
    return PersonDraft(**given)


def _agency_id(row: Row) -> int | None:
    if row["agency"] is None:
        return None
    try:
        return queries.agency_by_code(row["agency"], row["valid_from"]).id
    except NotThere:
        text = N_("Perangkat daerah %(code)s tidak ada pada tanggal mulai.")
        values = {"code": row["agency"]}
        reason = Reason("regions.no_agency", text, at="Kode perangkat daerah", values=values)
        raise Refused([reason]) from None


@click.option("--by", required=True, metavar="USERNAME", help="The administrator who proposes.")
def _appointments(by: str) -> Import:
    """Import officials with their decrees (SK) as proposals; a second person approves them.

    Persons are known by their NIP; who is not known yet is entered. The role is its name, its
    abbreviation (PA, PPK-SKPD, Kuasa BUD) or its code.

    \b
    Example:
      kawal import appointments pejabat.xlsx --by ani
    """
    return AppointmentsImport(actor=acting_as(by))


_appointments.columns = AppointmentsImport.columns  # type: ignore[attr-defined]
command = import_command(_appointments, name="appointments")
