"""What a new row may stand on: accounts, funds and standard prices, as lists and suggestions."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from kawal.budget import queries
from kawal.budget.rules.lines import KINDS, LEAF
from kawal.budget.rules.prices import price_day
from kawal.budget.views.rka_desk import Desk, on_sheet, whole
from kawal.identity.submissions import wants_json
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import AccountFacts, CodeKind, DecreeFacts, FundFacts
from kawal.regions import queries as regions
from kawal.ui import formats

SUGGESTIONS = 30
FOUND = 400


@on_sheet
@require_safe
def account_choice(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Find accounts that may stand on the sheet: a page, or suggestions for the script."""
    typed = request.GET.get("q", "")[:200]
    found = accounts_like(desk, typed)
    if wants_json(request):
        items = [{"id": one.id, "code": one.code, "name": one.name} for one in found]
        return JsonResponse({"items": items[:SUGGESTIONS]})
    context: dict[str, Any] = {
        "typed": typed,
        "found": found,
        "funds": [(one.id, f"{one.code} {one.name}") for one in funds_of(desk)],
        "fund_id": whole(request.GET.get("dana")) or usual_fund(desk),
    }
    return desk.page(request, "rka_accounts", **context)


def accounts_like(desk: Desk, typed: str) -> list[AccountFacts]:
    """Return accounts of the sixth level and of the sheet's kind, by code or words."""
    decree = decree_of(desk, CodeKind.ACCOUNT)
    first = KINDS[desk.sheet.kind]
    found = nomenclature.search(CodeKind.ACCOUNT, typed, decree, limit=FOUND)
    return [
        one
        for one in found
        if isinstance(one, AccountFacts)
        and one.level == LEAF
        and (one.code == first or one.code.startswith(f"{first}."))
    ]


@on_sheet
@require_safe
def price_suggestions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Return standard prices that may stand on an account, for the script."""
    typed = request.GET.get("q", "")[:200]
    found = prices_like(desk, typed, whole(request.GET.get("rekening")))
    return JsonResponse({"items": found})


def prices_like(desk: Desk, typed: str, account_id: int | None) -> list[dict[str, object]]:
    """Return standard prices as the script fills them in: name, specification, unit and price."""
    day = price_day(desk.sheet.year, regions.today(desk.actor.at))
    found = queries.find_prices(typed, day, account_id=account_id, limit=SUGGESTIONS)
    return [
        {
            "id": one.item_id,
            "code": one.code,
            "name": one.name,
            "more": f"{one.specification} · {formats.rupiah(one.price)} / {one.unit}",
            "fills": {
                "name": one.name,
                "specification": one.specification,
                "coefficient": f"1 {one.unit}",
                "price": formats.as_typed(one.price),
            },
        }
        for one in found
    ]


def funds_of(desk: Desk) -> Sequence[FundFacts]:
    """Return the sources of money of the year that stand lowest in their tree, by code."""
    every = nomenclature.funds(decree_of(desk, CodeKind.FUND))
    above = {one.parent_id for one in every}
    return [one for one in every if one.id not in above]


def usual_fund(desk: Desk) -> int | None:
    """Return the fund of most of the sheet's lines; nothing in an empty sheet."""
    used = [line.fund_id for line in desk.content.lines]
    return max(set(used), key=used.count) if used else None


def decree_of(desk: Desk, kind: CodeKind) -> DecreeFacts:
    """Return the decree whose codes the sheet's year uses."""
    year = queries.year(desk.sheet.year)
    ids = {CodeKind.ACCOUNT: year.accounts_id, CodeKind.FUND: year.funds_id}
    return nomenclature.decree(ids[kind])
