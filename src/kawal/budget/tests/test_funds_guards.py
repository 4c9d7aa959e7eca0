"""Listed mutations: each guard of the funds taken away in turn is missed by the attack it stops.

As the server's administrator in a transaction that is rolled back; attacks run as kawal_app (or,
where it is the owner that is stopped, as kawal_owner). The foreign keys are away: no line 1 needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from kawal.budget.models.funds_sql import FUNCTIONS

INSERT = (
    "INSERT INTO budget_fundentry (line_id, key, place, kind, ceiling, released, reserved,"
    " committed, paid, document_kind, document_id, reason, at) VALUES "
)
NO_LINES = """DO $$ DECLARE key record; BEGIN
    FOR key IN SELECT conrelid::regclass AS place, conname FROM pg_constraint WHERE contype = 'f'
        AND conrelid IN ('budget_funds'::regclass, 'budget_fundentry'::regclass)
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.place, key.conname); END LOOP;
END $$"""
Admin = psycopg.Connection[Any]


def entry(kind: str, amounts: str, key: str = "k", paper: str = "x", place: int = 0) -> str:
    """Return the SQL of one entry of line 1."""
    return f"{INSERT}(1, '{key}', {place}, '{kind}', {amounts}, '{paper}', '1', '', now())"


SHIFT_GUARD = "GROUP BY key HAVING sum(ceiling) <> 0"


def without_shift_guard() -> str:
    """Return the trigger's function without its look at shifts."""
    function = FUNCTIONS.partition("REVOKE")[0].replace("CREATE", "CREATE OR REPLACE", 1)
    assert SHIFT_GUARD in function
    return function.replace(SHIFT_GUARD, "HAVING false")


@dataclass(frozen=True)
class Guard:
    """A guard: what it says when it refuses, the attack that it stops, and how it is removed."""

    says: str
    attack: str
    removal: str
    role: str = "kawal_app"


def check(name: str, attack: str, table: str = "budget_funds") -> Guard:
    return Guard(name, attack, f"ALTER TABLE {table} DROP CONSTRAINT {name}")


GUARDS = [
    check("budget_funds_ceiling", entry("ceiling", "-101, 0, 0, 0, 0")),
    check("budget_funds_released", entry("release", "0, -61, 0, 0, 0")),
    check("budget_funds_reserved", entry("unreserve", "0, 0, -1, 0, 0")),
    check("budget_funds_committed", entry("reduce", "0, 0, 0, -1, 0")),
    check("budget_funds_paid", entry("return", "0, 0, 0, 0, -1")),
    check("budget_funds_release_fits", entry("release", "0, 41, 0, 0, 0")),
    check("budget_funds_request_fits", entry("reserve", "0, 0, 61, 0, 0")),
    check("budget_funds_commitment_fits", entry("commit", "0, 0, 0, 101, 0")),
    check(
        "budget_fund_entry_key", entry("reserve", "0, 0, 1, 0, 0", key="first"), "budget_fundentry"
    ),
    check("budget_fund_entry_shape", entry("commit", "1, 0, 0, 1, 0"), "budget_fundentry"),
    check(
        "budget_fund_entry_says_why",
        entry("reserve", "0, 0, 1, 0, 0", paper=""),
        "budget_fundentry",
    ),
    check(
        "budget_fundentry_place_check",
        entry("reserve", "0, 0, 1, 0, 0", place=-1),
        "budget_fundentry",
    ),
    Guard("shift takes as much", entry("shift", "1, 0, 0, 0, 0"), without_shift_guard()),
    Guard(
        "budget_funds_request_fits",
        entry("reserve", "0, 0, 61, 0, 0"),
        "DROP TRIGGER budget_apply_entries ON budget_fundentry",
    ),
    Guard(
        "permission denied for table budget_funds",
        "UPDATE budget_funds SET ceiling = 200",
        "GRANT UPDATE ON budget_funds TO kawal_app",
    ),
    Guard(
        "permission denied for table budget_fundentry",
        "UPDATE budget_fundentry SET reason = 'x'",
        "GRANT UPDATE ON budget_fundentry TO kawal_app",
    ),
    Guard(
        "Cannot insert or update or delete",
        "UPDATE budget_funds SET ceiling = 200",
        "DROP TRIGGER {kept_by_triggers} ON budget_funds",
        role="kawal_owner",
    ),
    Guard(
        "Cannot update or delete",
        "UPDATE budget_fundentry SET reason = 'x'",
        "DROP TRIGGER {append_only} ON budget_fundentry",
        role="kawal_owner",
    ),
]


@pytest.fixture
def admin(db: Any) -> Iterator[Admin]:
    """Return the administrator's session on this test's database; nothing of it stays."""
    from tests.administrator import administrator

    with administrator() as session:
        session.execute("SET LOCAL lock_timeout = '10s'")
        session.execute(NO_LINES)
        session.execute(entry("ceiling", "100, 0, 0, 0, 0", key="first"))
        session.execute(entry("release", "0, 60, 0, 0, 0", key="second"))
        yield session
        session.rollback()


def refusal(session: Admin, guard: Guard) -> str:
    """Return how the database refuses the attack; empty when it lets it pass."""
    session.execute("SAVEPOINT before")
    session.execute(f"SET LOCAL ROLE {guard.role}")
    try:
        session.execute(guard.attack)
    except psycopg.Error as refused:
        session.execute("ROLLBACK TO before")
        return str(refused)
    session.execute("RESET ROLE")
    return ""


def trigger_names(session: Admin) -> dict[str, str]:
    """Return the triggers' full names by those that the models give them."""
    rows = session.execute(
        "SELECT tgname FROM pg_trigger WHERE tgname ~ '^pgtrigger_(kept_by|append_only)'"
        " AND tgname !~ 'truncate'"
        " AND tgrelid IN ('budget_funds'::regclass, 'budget_fundentry'::regclass)"
    ).fetchall()
    return {name.removeprefix("pgtrigger_").rpartition("_")[0]: name for (name,) in rows}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.removal.split("(")[0][:60])
def test_without_its_guard_an_attack_is_no_longer_refused_so(admin: Admin, guard: Guard) -> None:
    assert guard.says in refusal(admin, guard)
    removal = guard.removal
    if "{" in removal and "CREATE" not in removal:
        removal = removal.format(**trigger_names(admin))
    admin.execute(removal)
    assert guard.says not in refusal(admin, guard)


def test_every_check_of_the_funds_is_on_the_list(admin: Admin) -> None:
    rows = admin.execute(
        "SELECT conname FROM pg_constraint WHERE contype IN ('c', 'u')"
        " AND conrelid IN ('budget_funds'::regclass, 'budget_fundentry'::regclass)"
    ).fetchall()
    assert {name for (name,) in rows} <= {guard.says for guard in GUARDS}


def test_verify_names_a_balance_changed_behind_the_triggers(admin: Admin) -> None:
    from kawal.budget.queries.funds import DIFFERENT

    assert admin.execute(DIFFERENT).fetchall() == []
    admin.execute("SET LOCAL session_replication_role = replica")
    admin.execute("UPDATE budget_funds SET paid = 0.01")
    rows = admin.execute(DIFFERENT).fetchall()
    assert [(row[0], str(row[5]), str(row[10])) for row in rows] == [(1, "0.01", "0.00")]
