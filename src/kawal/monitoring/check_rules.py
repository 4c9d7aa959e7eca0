"""What a check must hold before it is put to an application: pure but for the feeds' own rules."""

from collections.abc import Mapping

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring.drafts import CheckDraft
from kawal.monitoring.facts import ApplicationFacts, CheckFacts
from kawal.monitoring.feeds import FEEDS

LONGEST_NAME = 120
BOUNDS = {
    "interval": (5, 7 * 86_400),
    "timeout": (1, 60),
    "confirmations": (1, 10),
    "recheck": (1, 3_600),
}
_WORDS = {
    "interval": N_("Selang harus %(least)s sampai %(most)s detik."),
    "timeout": N_("Batas waktu jawaban harus %(least)s sampai %(most)s detik."),
    "confirmations": N_("Konfirmasi harus %(least)s sampai %(most)s kali."),
    "recheck": N_("Selang pemeriksaan ulang harus %(least)s sampai %(most)s detik."),
}


def draft_refusals(
    draft: CheckDraft, application: ApplicationFacts, *, name_taken: bool
) -> list[Reason]:
    """Return every reason not to keep a check of an application."""
    reasons = [*_name(draft.name, name_taken), *_times(draft), *_spec(draft)]
    if application.retired_at is not None:
        reasons.append(Reason("check.application_retired", N_("Aplikasi ini sudah dihentikan.")))
    if draft.public and not application.public:
        text = N_("Aplikasinya tidak ditampilkan kepada publik.")
        mend = N_("Tampilkan aplikasinya dulu.")
        reasons.append(Reason("check.not_public", text, at="public", mend=mend))
    return reasons


def amendment_refusals(draft: CheckDraft, check: CheckFacts) -> list[Reason]:
    """Return every reason not to amend a check so: what its past was made of never changes."""
    reasons = []
    if draft.kind is not check.kind:
        reasons.append(Reason("check.kind_fixed", N_("Jenis pemeriksaan tidak dapat diubah.")))
    if draft.counts is not check.counts:
        text = N_("Apakah ia menentukan keadaan aplikasi tidak dapat diubah.")
        mend = N_("Buat pemeriksaan baru, lalu hentikan yang ini.")
        reasons.append(Reason("check.counts_fixed", text, at="counts", mend=mend))
    return reasons


def wanted_secrets(spec: Mapping[str, object]) -> list[str]:
    """Return the names of the headers whose values are secret."""
    headers = spec.get("headers") or []
    assert isinstance(headers, list)
    return [one["name"] for one in headers if one.get("secret")]


def _name(name: str, is_taken: bool) -> list[Reason]:
    if not name.strip():
        return [Reason("check.no_name", N_("Tulis nama pemeriksaannya."), at="name")]
    if len(name) > LONGEST_NAME:
        text = N_("Paling panjang %(most)s huruf.")
        return [Reason("check.too_long", text, at="name", values={"most": LONGEST_NAME})]
    if is_taken:
        text = N_("Aplikasi ini sudah mempunyai pemeriksaan dengan nama itu.")
        return [Reason("check.name_taken", text, at="name")]
    return []


def _times(draft: CheckDraft) -> list[Reason]:
    reasons = [
        Reason(f"check.{field}", _WORDS[field], at=field, values={"least": least, "most": most})
        for field, (least, most) in BOUNDS.items()
        if not least <= getattr(draft, field) <= most
    ]
    if not reasons and draft.timeout > draft.interval:
        text = N_("Batas waktu jawaban tidak boleh lebih lama dari selangnya.")
        reasons.append(Reason("check.timeout_too_long", text, at="timeout"))
    return reasons


def _spec(draft: CheckDraft) -> list[Reason]:
    reasons = FEEDS[draft.kind].reasons(draft.spec)
    if reasons:
        return reasons
    unwanted = set(draft.secrets) - set(wanted_secrets(draft.spec))
    text = N_("Kepala permintaan %(name)s tidak ada dalam aturan pemeriksaan.")
    return [
        Reason("check.unknown_secret", text, at="headers", values={"name": name})
        for name in sorted(unwanted)
    ]
