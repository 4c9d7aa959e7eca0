"""The public events of this module: a parameter of the law was amended."""

from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.trail.registry import Choice, Code, Day, Kind, Text

KINDS = (
    Kind(
        "parameter.amended",
        label=N_("Parameter peraturan diubah"),
        about="key",
        fields={
            "key": Code(r"[a-z_]+\.[a-z0-9_.]{1,70}"),
            "value": Text(300),
            "unit": Text(40, optional=True),
            "valid_from": Day(),
            "legal_basis": Text(200),
            "certainty": Choice(tuple(one.value for one in Certainty)),
            "proposed_by": Text(200),
            "decided_by": Text(200),
        },
        words={
            "key": N_("Parameter"),
            "value": N_("Nilai"),
            "unit": N_("Satuan"),
            "valid_from": N_("Berlaku sejak"),
            "legal_basis": N_("Dasar hukum"),
            "certainty": N_("Keyakinan"),
            "proposed_by": N_("Diusulkan oleh"),
            "decided_by": N_("Diputuskan oleh"),
        },
    ),
)
