"""The public events of standard prices."""

from kawal.kernel.words import N_
from kawal.trail.registry import Code, Day, Integer, Kind, Rupiah, Text

KINDS = (
    Kind(
        "price.approved",
        label=N_("Standar harga disetujui"),
        about="code",
        fields={
            "code": Text(60),
            "name": Text(300),
            "unit": Text(40),
            "price": Rupiah(),
            "valid_from": Day(),
            "legal_basis": Text(200),
            "agency_code": Code(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}"),
            "proposed_by": Text(200),
            "checked_by": Text(200),
            "approved_by": Text(200),
        },
    ),
    Kind(
        "price.list_enacted",
        label=N_("Daftar standar harga ditetapkan"),
        about="legal_basis",
        fields={"legal_basis": Text(200), "valid_from": Day(), "prices": Integer(min=1)},
    ),
)
