"""Bookings share the lock of their period, a close takes it alone: SQL that the migrations run.

A plain look let an entry commit after the close. The lock is an advisory one: as a lock of the
period's row, each of thousands of bookings wrote that row, and a close could wait behind new ones
for as long as they came. READ COMMITTED only, so that what is looked at is of after the lock.
"""

PERIOD_LOCK = 0x6B79_0000  # the first of two numbers; the other is the period

LOCK = f"""
CREATE OR REPLACE FUNCTION ledger_share_period(the_period integer) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the books are kept under READ COMMITTED only';
    END IF;
    PERFORM pg_advisory_xact_lock_shared({PERIOD_LOCK}, the_period);
    RETURN coalesce((  -- of a snapshot that is taken when the lock is had
        SELECT CASE WHEN p.closed_at IS NULL THEN 'open' ELSE 'closed' END
        FROM ledger_period p WHERE p.id = the_period
    ), 'no books');
END $$;
"""  # noqa: S608 - every part is ours

CLOSES = f"""
CREATE OR REPLACE FUNCTION ledger_period_closes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({PERIOD_LOCK}, OLD.id);
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_period_closes BEFORE UPDATE ON ledger_period
FOR EACH ROW EXECUTE FUNCTION ledger_period_closes();
"""
UNDONE = """
DROP TRIGGER ledger_period_closes ON ledger_period;
DROP FUNCTION ledger_period_closes;
"""
