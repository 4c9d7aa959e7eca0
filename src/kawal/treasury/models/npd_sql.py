"""What NPD and UP promise across tables: SQL that the migration runs as kawal_owner.

Looked at on commit: a handed-in NPD asks the sum of its lines; an approved one has reserved them to
the sen, a refused one nothing. UP comes in within its decree, without the card's part.
"""

FUNCTIONS = """
CREATE FUNCTION treasury_npd_reserves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    npd treasury_npd;
BEGIN
    SELECT * INTO npd FROM treasury_npd WHERE id = NEW.id;  -- as it is now, not when it was queued
    IF npd.state IN ('draft', 'dropped') THEN RETURN NULL; END IF;
    IF npd.total IS DISTINCT FROM (
        SELECT sum(amount) FROM treasury_npdline WHERE npd_id = npd.id)
    THEN
        RAISE EXCEPTION 'an NPD asks the sum of its lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_npd_total';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT line_id, amount FROM treasury_npdline
            WHERE npd_id = npd.id AND npd.state IN ('approved', 'validated')
        ) n
        FULL JOIN (
            SELECT line_id, sum(reserved) AS reserved FROM budget_fundentry
            WHERE key IN ('npd:' || npd.id, 'npd:' || npd.id || ':refused') GROUP BY line_id
            HAVING sum(reserved) <> 0
        ) e USING (line_id)
        WHERE n.amount IS DISTINCT FROM e.reserved
    ) THEN
        RAISE EXCEPTION 'an approved NPD reserves exactly its lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_npd_reserves';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER treasury_npd_reserves AFTER INSERT OR UPDATE ON treasury_npd
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION treasury_npd_reserves();

CREATE FUNCTION treasury_up_within() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.debit > coalesce((
        SELECT l.amount - l.kkpd FROM treasury_uplimit l JOIN treasury_cashaccount a
            ON a.year_id = l.year_id AND a.unit_id = l.unit_id
        WHERE a.id = NEW.account_id ORDER BY l.number DESC LIMIT 1), 0)
    THEN
        RAISE EXCEPTION 'UP comes within its decree'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_cash_up_limit';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER treasury_up_within BEFORE INSERT ON treasury_cashentry
FOR EACH ROW WHEN (NEW.kind = 'up') EXECUTE FUNCTION treasury_up_within();
"""

UNDONE = """
DROP TRIGGER treasury_npd_reserves ON treasury_npd;
DROP TRIGGER treasury_up_within ON treasury_cashentry;
DROP FUNCTION treasury_npd_reserves, treasury_up_within;
"""
