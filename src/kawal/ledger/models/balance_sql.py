"""How journals are folded into the kept balances: SQL that the migrations run as kawal_owner.

The update of the one row of ``ledger_fold`` does it, for at most ``most`` journals, in one
statement and so of one snapshot: what it takes from ``ledger_unfolded`` is exactly what it adds.
Only committed journals are seen, whoever commits later is folded later: no order is needed, and a
database restored elsewhere goes on as it was.
"""

_KEYS = {
    "month": "period_id, agency_id, account_id, about_id, entity",
    "day": '"on", agency_id, account_id, about_id, entity',
    "detail": "agency_id, period_id, unit_id, activity_id, account_id, about_id, fund_id, entity",
}
_WHERE = {
    "month": "TRUE",
    "day": "period_id % 100 BETWEEN 1 AND 12",
    "detail": "kind = 'budget'",
}


def _added(name: str) -> str:
    table, keys = f"ledger_{name}balance", _KEYS[name]
    return f"""
    {name} AS (
        INSERT INTO {table} AS b ({keys}, debit, credit)
        SELECT {keys}, sum(debit), sum(credit) FROM lines WHERE {_WHERE[name]}
        GROUP BY {keys}
        ON CONFLICT ({keys}) DO UPDATE
        SET debit = b.debit + excluded.debit, credit = b.credit + excluded.credit
    )"""  # noqa: S608 - every part is ours


FUNCTIONS = f"""
CREATE FUNCTION ledger_fold_now() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    WITH gone AS (
        DELETE FROM ledger_unfolded WHERE journal_id IN (
            SELECT journal_id FROM ledger_unfolded LIMIT NEW.most
        ) RETURNING journal_id
    ),
    lines AS MATERIALIZED (
        SELECT j.entity, j.kind, j.agency_id, j.period_id, j."on", l.account_id, l.unit_id,
            coalesce(l.about_id, 0) AS about_id, coalesce(l.activity_id, 0) AS activity_id,
            coalesce(l.fund_id, 0) AS fund_id, l.debit, l.credit
        FROM gone JOIN ledger_journal j ON j.id = gone.journal_id
        JOIN ledger_journalline l ON l.journal_id = j.id
    ),{_added("month")},{_added("day")},{_added("detail")}
    SELECT count(*) INTO NEW.folded FROM gone;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION ledger_fold_now() FROM PUBLIC;
INSERT INTO ledger_fold (id, most, folded) VALUES (1, 0, 0);
CREATE TRIGGER ledger_fold_now BEFORE UPDATE ON ledger_fold
FOR EACH ROW EXECUTE FUNCTION ledger_fold_now();
"""  # noqa: S608 - every part is ours

UNDONE = """
DROP TRIGGER ledger_fold_now ON ledger_fold;
DELETE FROM ledger_fold;
DROP FUNCTION ledger_fold_now;
"""
