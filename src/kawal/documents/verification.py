"""Checks every kept file against its hash, and finds files that belong to no document."""

from django.db.models import Max

from kawal.documents import kinds
from kawal.documents.facts import FileFault, FilesVerdict
from kawal.documents.models import Document


def verify() -> FilesVerdict:
    """Read every file once and return what is missing, changed, or belongs to nobody."""
    files, faults, known = kinds.files(), [], set()
    rows = Document.objects.values("sha256").annotate(size=Max("size")).order_by("sha256")
    for row in rows.iterator():
        sha256 = row["sha256"]
        known.add(sha256)
        if code := files.fault(sha256, row["size"]):
            faults.append(FileFault(code, sha256, _documents(sha256)))
    orphans = tuple(path for path in files.all() if path.rpartition("/")[2] not in known)
    return FilesVerdict(Document.objects.count(), len(known), tuple(faults), orphans)


def _documents(sha256: str) -> tuple[str, ...]:
    rows = Document.objects.filter(sha256=sha256).order_by("kept_at", "pk")
    return tuple(
        f"{kind} {name} ({id})" for kind, name, id in rows.values_list("kind", "name", "pk")
    )
