"""Lines of components that cost about what they should: goods at their price, else one sum."""

from collections.abc import Sequence

from kawal.demo.budget.goods import BY_ACCOUNT, Good
from kawal.demo.budget.parts import split
from kawal.demo.budget.sheets import PlannedComponent, PlannedLine, Volume
from kawal.demo.chance import dice
from kawal.demo.facts import codes

NAMES = {one.code: one.name for one in codes.ACCOUNTS}
TIMES = {"bulan": 12, "hari": 3, "jam": 4, "kali": 2, "malam": 2, "tahun": 1, "tayang": 3}
ROUND = 1000
DELIVERY = "Ongkos kirim dan pemasangan"
SALARIES = 14  # months of pay in a year: twelve, the thirteenth, and the holiday's
MONTHLY = 3_600_000


def line(account: str, fund: str, amount: int, *seed: object) -> PlannedLine:
    """Return a line of about an amount in rupiah; what cannot be bought whole is left out."""
    goods = _fitting(BY_ACCOUNT.get(account, ()), amount)
    if not goods:
        return PlannedLine(account, fund, [lump(account, max(amount // ROUND, 1) * ROUND)])
    number = 1 + dice(min(len(goods), 4), "goods", account, *seed)
    first = dice(len(goods), "which", account, *seed)
    chosen = [goods[(first + place) % len(goods)] for place in range(number)]
    weights = [1 + dice(5, "part", account, one.code, *seed) for one in chosen]
    parts = split(amount, weights)
    return PlannedLine(
        account, fund, [_bought(one, part) for one, part in zip(chosen, parts, strict=True)]
    )


def _fitting(goods: Sequence[Good], amount: int) -> Sequence[Good]:
    """Return the goods of which not too many would be bought; else the dearest."""
    most = 60 if goods and goods[0].account.startswith("5.2") else 4000
    return [one for one in goods if amount // one.price <= most] or goods[:1]


def delivered(account: str, fund: str, amount: int, *seed: object) -> PlannedLine:
    """Return a line of capital goods with what it costs to bring and fit them."""
    made = line(account, fund, amount * 19 // 20, *seed)
    if account in BY_ACCOUNT:
        made.components.append(PlannedComponent(DELIVERY, amount // 20, ((1, "paket"),)))
    return made


def fixed(accounts: Sequence[str], fund: str, amount: int, *seed: object) -> list[PlannedLine]:
    """Return lines of earmarked money that cost exactly an amount, the last part in one sum."""
    weights = [3 + dice(5, "fixed", account, *seed) for account in accounts]
    made = []
    for account, part in zip(accounts, split(amount, weights, ROUND), strict=True):
        bought = line(account, fund, part * 9 // 10, *seed) if account in BY_ACCOUNT else None
        components = [one for one in bought.components if one.amount < part] if bought else []
        rest = part - sum(one.amount for one in components)
        if rest <= 0:
            components, rest = [], part
        made.append(PlannedLine(account, fund, [*components, lump(account, rest)], is_fixed=True))
    return made


def lump(account: str, amount: int) -> PlannedComponent:
    """Return one sum for an account, in a unit that fits what it is for."""
    name = NAMES[account]
    if account.startswith(("4", "6", "5.3", "5.1.01")):
        return PlannedComponent(name, amount, ((1, "tahun"),))
    return PlannedComponent(_shorter(name), amount, ((1, "paket"),))


def salary(account: str, fund: str, amount: int) -> PlannedLine:
    """Return pay for people in fourteen months, of about an amount."""
    people = max(amount // (SALARIES * MONTHLY), 1)
    price = amount // (SALARIES * people) // 100 * 100
    volumes: tuple[Volume, ...] = ((people, "orang"), (SALARIES, "bulan"))
    return PlannedLine(account, fund, [PlannedComponent(_shorter(NAMES[account]), price, volumes)])


def _bought(good: Good, amount: int) -> PlannedComponent:
    number = max(amount // good.price, 1)
    return PlannedComponent(
        good.name, good.price, _volumes(number, good.unit), good.specification, good.code
    )


def _volumes(number: int, unit: str) -> tuple[Volume, ...]:
    """Return a number of ``orang bulan`` as so many persons and so many months."""
    who, _, times = unit.partition(" ")
    if times not in TIMES:
        return ((number, unit),)
    often = min(TIMES[times], number)
    return ((number // often, who), (often, times))


def _shorter(name: str) -> str:
    return name.removeprefix("Belanja Modal ").removeprefix("Belanja ")
