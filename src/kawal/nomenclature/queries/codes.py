"""Codes as they stand under the decrees that speak: lists, one code, search, crosswalks."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from kawal.kernel.refusals import NotThere
from kawal.nomenclature.facts import (
    AccountFacts,
    ActivityFacts,
    ActivityLevel,
    CodeKind,
    DecreeFacts,
    FundFacts,
)
from kawal.nomenclature.queries.resolution import MODELS, chain, chain_of, speaking

When = date | int | DecreeFacts
AnyCode = AccountFacts | ActivityFacts | FundFacts
MOST = 50


def accounts(
    when: When,
    *,
    below: str = "",
    level: int | None = None,
    flag: str = "",
    withdrawn: bool = False,
) -> list[AccountFacts]:
    """Return the accounts that hold on a day, in a fiscal year or under a decree, by code.

    ``below`` narrows to an account and all under it; ``flag`` to those that behave so.
    """
    rows = _standing(CodeKind.ACCOUNT, when, below, withdrawn=withdrawn)
    rows = rows.filter(level=level) if level else rows
    rows = rows.filter(flags__contains=[flag]) if flag else rows
    return [row.as_facts() for row in rows]


def activities(
    when: When,
    *,
    below: str = "",
    level: ActivityLevel | None = None,
    of_city: bool = True,
    withdrawn: bool = False,
) -> list[ActivityFacts]:
    """Return the urusan chain, by code; of a city's kewenangan unless said otherwise."""
    rows = _standing(CodeKind.ACTIVITY, when, below, withdrawn=withdrawn)
    rows = rows.filter(level=level.value) if level else rows
    found: list[ActivityFacts] = [row.as_facts() for row in rows]
    return [one for one in found if one.of_city or not of_city]


def funds(
    when: When, *, below: str = "", level: int | None = None, withdrawn: bool = False
) -> list[FundFacts]:
    """Return the sources of money, by code."""
    rows = _standing(CodeKind.FUND, when, below, withdrawn=withdrawn)
    rows = rows.filter(level=level) if level else rows
    return [row.as_facts() for row in rows]


def account(code: str, when: When) -> AccountFacts:
    """Return the account that a code means on a day, in a fiscal year or under a decree.

    :raises NotThere: when it means none, or a withdrawn one.
    """
    found: AccountFacts = _one(CodeKind.ACCOUNT, code, when)
    return found


def activity(code: str, when: When) -> ActivityFacts:
    """Return the part of the urusan chain that a code means.

    :raises NotThere: when it means none, or a withdrawn one.
    """
    found: ActivityFacts = _one(CodeKind.ACTIVITY, code, when)
    return found


def fund(code: str, when: When) -> FundFacts:
    """Return the source of money that a code means.

    :raises NotThere: when it means none, or a withdrawn one.
    """
    found: FundFacts = _one(CodeKind.FUND, code, when)
    return found


def by_ids(kind: CodeKind, ids: Sequence[int]) -> dict[int, AnyCode]:
    """Return codes by id, whatever their decree: what a sealed document points to."""
    return {row.pk: row.as_facts() for row in MODELS[kind].objects.filter(pk__in=ids)}


def by_codes(kind: CodeKind, codes: Sequence[str], when: When) -> dict[str, AnyCode]:
    """Return what each of some codes means on a day, in a fiscal year or under a decree.

    A code that means nothing then, or is withdrawn, is left out.
    """
    rows = _standing(kind, when, "", withdrawn=False).filter(code__in=codes)
    return {row.code: row.as_facts() for row in rows}


def children(kind: CodeKind, when: When, code: str = "") -> list[AnyCode]:
    """Return the codes right below one; those at the top for none."""
    rows = _standing(kind, when, "", withdrawn=False)
    shape = rf"^{re.escape(code)}\.[0-9X]+$" if code else r"^[0-9X]+$"
    if kind is CodeKind.ACTIVITY and code.count(".") == 2:
        shape = rf"^{re.escape(code)}\.[12]\.[0-9]+$"  # the kewenangan is no level of its own
    rows = rows.filter(code__startswith=f"{code}." if code else "", code__regex=shape)
    return [row.as_facts() for row in rows]


def versions(kind: CodeKind, code: str) -> list[tuple[DecreeFacts, AnyCode]]:
    """Return what each decree says of a code, the newest first; withdrawn ones too."""
    rows = MODELS[kind].objects.filter(code=code).select_related("decree")
    rows = rows.order_by("-decree__valid_from", "-decree_id")
    return [(row.decree.as_facts(), row.as_facts()) for row in rows]


def search(kind: CodeKind, typed: str, when: When, *, limit: int = MOST) -> list[AnyCode]:
    """Return the codes that begin with what was typed, or whose names have all its words.

    Words may be cut short: ``alat tul`` finds Alat Tulis Kantor. Nothing typed finds nothing.
    """
    rows = matching(kind, typed, when)
    return [] if rows is None else [row.as_facts() for row in rows[:limit]]


def matching(kind: CodeKind, typed: str, when: When) -> QuerySet[Any] | None:
    """Return the query behind :func:`search`; nothing when no word was typed."""
    return narrowed(_standing(kind, when, "", withdrawn=False), typed)


def search_page(kind: CodeKind, typed: str, when: When, number: str) -> Page[AnyCode]:
    """Return one page of all that :func:`search` may find; one that is not there is the nearest."""
    rows = matching(kind, typed, when)
    page = Paginator(MODELS[kind].objects.none() if rows is None else rows, MOST).get_page(number)
    page.object_list = [row.as_facts() for row in page.object_list]
    return page


def recorded(kind: CodeKind, codes: Sequence[str]) -> list[str]:
    """Return those of some codes that any decree knows, in their order."""
    known = set(MODELS[kind].objects.filter(code__in=codes).values_list("code", flat=True))
    return [code for code in codes if code in known]


def narrowed(rows: QuerySet[Any], typed: str) -> QuerySet[Any] | None:
    """Return those of some rows of codes that fit what was typed, through the search's indexes."""
    plain = typed.strip()
    if re.fullmatch(r"[\dX][\dX.]*", plain):
        return _beginning(rows, plain)
    words = re.findall(r"\w+", plain.casefold())
    if not words:
        return None
    wanted = " & ".join(f"'{word}':*" for word in words)
    query = SearchQuery(wanted, config="simple", search_type="raw")
    found: QuerySet[Any] = rows.filter(words=query)
    return found


def _beginning(rows: QuerySet[Any], prefix: str) -> QuerySet[Any]:
    return rows.filter(code__startswith=prefix)


def speakers(when: When) -> tuple[DecreeFacts, ...]:
    """Return the decrees that speak, for a day, a fiscal year or the decree itself."""
    return chain_of(when.id) if isinstance(when, DecreeFacts) else chain(when)


def _standing(kind: CodeKind, when: When, below: str, *, withdrawn: bool) -> QuerySet[Any]:
    rows = speaking(kind, speakers(when)).order_by("code")
    rows = rows if withdrawn else rows.filter(is_active=True)
    return rows.filter(code__regex=rf"^{re.escape(below)}(\.|$)") if below else rows


def _one(kind: CodeKind, code: str, when: When) -> Any:
    row = _standing(kind, when, "", withdrawn=False).filter(code=code).first()
    if row is None:
        raise NotThere(f"{kind} {code}")
    return row.as_facts()
