"""The accounts of a year's books by id and by code, kept in the process: a posting asks no more.

It may be out of date: ``ledger_post`` compares each id with its code and answers "stale", and then
the list is read once more.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from kawal.kernel.refusals import Refused
from kawal.ledger.models import Books
from kawal.ledger.rules import refused
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import CodeKind


@dataclass(frozen=True, slots=True)
class Chart:
    """Accounts of level 6 of a decree: code by id, id by code, and the codes in order."""

    codes: dict[int, str]
    ids: dict[str, int]
    ordered: tuple[str, ...]

    def resolve(self, code: str) -> int | None:
        """Return the account of a code of level 6, or the first below a shorter one."""
        found = self.ids.get(code)
        if found is not None or not code or code.count(".") >= 5:
            return found
        at = bisect_left(self.ordered, f"{code}.")
        first = self.ordered[at] if at < len(self.ordered) else ""
        return self.ids[first] if first.startswith(f"{code}.") else None


@lru_cache(maxsize=8)
def chart(year: int) -> Chart:
    """Return a year's accounts.

    :raises Refused: when its books are not open; that is not kept in mind.
    """
    books = Books.objects.filter(pk=year).first()
    if books is None:
        raise Refused([refused.no_books()])
    decree = nomenclature.decree(books.accounts_id)
    every = nomenclature.accounts(decree, level=6)
    ids = {one.code: one.id for one in every}
    return Chart({one.id: one.code for one in every}, ids, tuple(sorted(ids)))


def code_of(year: int, account_id: int) -> str:
    """Return the code of an account, also of one that the year's decrees no longer list."""
    known = chart(year).codes.get(account_id)
    if known is not None:
        return known
    found = nomenclature.by_ids(CodeKind.ACCOUNT, [account_id]).get(account_id)
    return found.code if found else ""
