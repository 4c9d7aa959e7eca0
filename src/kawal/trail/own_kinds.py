"""The trail's own kinds of event: where a log begins and where it ends."""

from kawal.kernel.words import N_
from kawal.trail.facts import Deployment
from kawal.trail.registry import Choice, Code, Digest, Integer, Kind

ORIGIN = r"kawal\.[a-z]+/\d\d(?:\.\d\d){0,2}(?:\.\d{4})?(?:/[a-z0-9-]{1,40})?"
_WORDS = {
    "origin": N_("Asal jejak"),
    "deployment": N_("Jenis pemasangan"),
    "previous_origin": N_("Jejak sebelumnya"),
    "previous_size": N_("Jumlah entri jejak sebelumnya"),
    "previous_root": N_("Akar pohon jejak sebelumnya"),
    "next_origin": N_("Jejak berikutnya"),
    "next_deployment": N_("Jenis pemasangan berikutnya"),
}
_DEPLOYMENTS = Choice(tuple(kind.value for kind in Deployment))

STARTED = Kind(
    "log.started",
    label=N_("Jejak publik dimulai"),
    about="origin",
    fields={
        "origin": Code(ORIGIN),
        "deployment": _DEPLOYMENTS,
        "previous_origin": Code(ORIGIN, optional=True),
        "previous_size": Integer(min=1, optional=True),
        "previous_root": Digest(optional=True),
    },
    words=_WORDS,
)
SEALED = Kind(
    "log.sealed",
    label=N_("Jejak publik ditutup"),
    about="next_origin",
    fields={"next_origin": Code(ORIGIN), "next_deployment": _DEPLOYMENTS},
    words=_WORDS,
)
