"""Fills nomenclature: the codes that the demo city's budget stands on."""

from collections.abc import Iterator, Sequence

from kawal.demo.facts import codes
from kawal.demo.facts.codes import DemoCode
from kawal.nomenclature import actions
from kawal.nomenclature.facts import ActivityLevel, CodeDraft, CodeKind
from kawal.nomenclature.flags import flags_of
from kawal.nomenclature.known import KEP_1317, KEP_3708, KEP_5889, KNOWN
from kawal.nomenclature.urusan import URUSAN

LEVELS = {
    1: ActivityLevel.URUSAN,
    2: ActivityLevel.BIDANG,
    3: ActivityLevel.PROGRAM,
    5: ActivityLevel.KEGIATAN,
    6: ActivityLevel.SUB_KEGIATAN,
}
EARMARKED = "2"
LATER = "5.2.06."  # a jenis that the later decree brought


def fill() -> None:
    """Record the codes, each tree under the decree that it was taken from."""
    actions.record_codes(CodeKind.ACCOUNT, _accounts())
    actions.record_codes(CodeKind.FUND, _funds())
    actions.record_codes(CodeKind.ACTIVITY, _activities())


def _accounts() -> Iterator[CodeDraft]:
    for line, one in enumerate(codes.ACCOUNTS, 1):
        decree = KEP_5889 if f"{one.code}.".startswith(LATER) else KEP_3708
        parent = one.code.rpartition(".")[0]
        flags = flags_of(one.code, KNOWN[decree].valid_from)
        values = {"level": one.code.count(".") + 1, "flags": flags}
        yield CodeDraft(line, decree, one.code, one.name, parent, values=values)


def _funds() -> Iterator[CodeDraft]:
    for line, one in enumerate(codes.FUNDS, 1):
        parent, _, _ = one.code.rpartition(".")
        values = {
            "level": one.code.count(".") + 1,
            "is_earmarked": one.code.split(".")[0] == EARMARKED,
        }
        yield CodeDraft(line, KEP_3708, one.code, one.name, parent, values=values)


def _activities() -> Iterator[CodeDraft]:
    for line, one in enumerate([*_urusan(), *codes.ACTIVITIES], 1):
        parts = one.code.split(".")
        above = 3 if len(parts) == 5 else len(parts) - 1  # the kewenangan is no level of its own
        values = {"level": LEVELS[len(parts)].value}
        yield CodeDraft(line, KEP_1317, one.code, one.name, ".".join(parts[:above]), values=values)


def _urusan() -> Sequence[DemoCode]:
    used = {one.code.split(".")[0] for one in codes.ACTIVITIES}
    return [DemoCode(code, URUSAN[code]) for code in sorted(used)]
