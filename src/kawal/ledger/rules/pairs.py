"""Which account of accrual stands opposite a budget account (Permendagri 90/2019, its annex).

The lists mirror each other: 5.1.02.01.01.0024 is 8.1.02.01.01.0024. Pairs of prefixes, the longest
first; what the annex names out of line is said one by one. Compared with the published list: every
spending account of level 6 finds its pair but those in ``UNPAIRED``.
"""

BEARS = (  # what spending or revenue becomes: an expense, an asset, a revenue of LO
    ("5.2.05.08", "1.5.03.01"),
    ("5.2.01", "1.3.01"),
    ("5.2.02", "1.3.02"),
    ("5.2.03", "1.3.03"),
    ("5.2.04", "1.3.04"),
    ("5.2.05", "1.3.05"),
    ("5.4.01", "8.3.01"),
    ("5.4.02", "8.3.02"),
    ("5.3", "8.4"),
    ("5.1", "8.1"),
    ("4", "7"),
)
OUT_OF_LINE = {"5.1.04.02.02.0001": "8.1.04.02.01.0001"}
CLAIMS = (  # what an assessment becomes
    ("4.1.01", "1.1.03"),
    ("4.1.02", "1.1.04"),
    ("4.1.03", "1.1.05"),
    ("4.1.04", "1.1.06"),
)
OWES = (  # where what was accepted and not yet paid stands
    ("5.1.01", "2.1.06.01"),
    ("5.1.02", "2.1.06.02"),
    ("5.1.03", "2.1.06.03"),
    ("5.1.04", "2.1.06.04"),
    ("5.1.05", "2.1.06.05"),
    ("5.2.01", "2.1.06.06"),
    ("5.2.02", "2.1.06.07"),
    ("5.2.03", "2.1.06.08"),
    ("5.2.04", "2.1.06.09"),
    ("5.2.05", "2.1.06.10"),
    ("5.3", "2.1.06.11"),
    ("5.4.01", "2.1.06.12"),
    ("5.4.02", "2.1.06.13"),
)
UNPAIRED = ("5.1.04.01.01.0002", "5.1.04.02.02.0002", "5.1.04.03.01.0002")  # "Dst ..."


def mirrored(pairs: tuple[tuple[str, str], ...], code: str) -> str:
    """Return the code that mirrors one, or nothing when no pair speaks of it."""
    for prefix, to in pairs:
        if code == prefix or code.startswith(f"{prefix}."):
            return to + code[len(prefix) :]
    return ""


def bears(code: str) -> str:
    """Return the account of LO or of assets for a budget account, or nothing."""
    return OUT_OF_LINE.get(code) or mirrored(BEARS, code)


def claims(code: str) -> str:
    """Return the receivable for a revenue account, or nothing."""
    return mirrored(CLAIMS, code)


def owes(code: str) -> str:
    """Return the group of liabilities (level 4) for a spending account, or nothing."""
    return next((to for prefix, to in OWES if code.startswith(f"{prefix}.")), "")
