"""What cash plans and SPD promise across tables: SQL that the migration runs as kawal_owner.

``budget_plan_fits`` refuses a plan whose twelve months are not each line's ceiling. The deferred
triggers look at commit: a signed SPD has released exactly its lines and nothing above the cash
plan that is in force without an explanation; a withdrawal has taken back exactly its own.
"""

FUNCTIONS = """
CREATE FUNCTION budget_plan_fits(the_plan bigint, the_year int, the_unit bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT f.line_id, f.ceiling FROM budget_funds f
            JOIN budget_line l ON l.id = f.line_id JOIN budget_sheet s ON s.id = l.sheet_id
            WHERE s.year_id = the_year AND s.unit_id = the_unit
        ) e
        FULL JOIN (
            SELECT line_id, total FROM budget_cashplanline WHERE plan_id = the_plan
        ) p USING (line_id)
        WHERE coalesce(e.ceiling, 0) <> coalesce(p.total, 0)
    ) OR NOT EXISTS (SELECT FROM budget_cashplanline WHERE plan_id = the_plan) THEN
        RAISE EXCEPTION 'a cash plan plans each line''s ceiling to the sen'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_plan_fits_ceilings';
    END IF;
END $$;

CREATE FUNCTION budget_planned_to(the_line bigint, the_month int) RETURNS numeric
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((
        SELECT (SELECT sum(m.amount) FROM unnest(ARRAY[c.m1, c.m2, c.m3, c.m4, c.m5, c.m6, c.m7,
            c.m8, c.m9, c.m10, c.m11, c.m12]) WITH ORDINALITY AS m (amount, month)
            WHERE m.month <= the_month)
        FROM budget_cashplanline c JOIN budget_cashplan p ON p.id = c.plan_id
        WHERE c.line_id = the_line AND p.state = 'validated' AND p.number = (
            SELECT max(q.number) FROM budget_cashplan q
            WHERE q.year_id = p.year_id AND q.unit_id = p.unit_id AND q.state = 'validated'
        )
    ), 0)
$$;

CREATE FUNCTION budget_spd_released() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state <> 'signed' THEN RETURN NULL; END IF;
    IF NEW.total IS DISTINCT FROM (SELECT sum(amount) FROM budget_spdline WHERE spd_id = NEW.id)
    THEN
        RAISE EXCEPTION 'an SPD''s total is the sum of its lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_spd_total';
    END IF;
    IF EXISTS (
        SELECT FROM (SELECT line_id, amount FROM budget_spdline WHERE spd_id = NEW.id) s
        FULL JOIN (
            SELECT line_id, released FROM budget_fundentry WHERE key = 'spd:' || NEW.id
        ) e USING (line_id)
        WHERE s.amount IS DISTINCT FROM e.released
    ) THEN
        RAISE EXCEPTION 'a signed SPD releases exactly its lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_spd_releases';
    END IF;
    IF NEW.explanation = '' AND EXISTS (
        SELECT FROM budget_spdline s JOIN budget_funds f ON f.line_id = s.line_id
        WHERE s.spd_id = NEW.id AND f.released > budget_planned_to(s.line_id, NEW.last_month)
    ) THEN
        RAISE EXCEPTION 'an SPD above the cash plan is explained'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_spd_within_plan';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER budget_spd_released AFTER INSERT OR UPDATE ON budget_spd
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_spd_released();

CREATE FUNCTION budget_spd_withdrawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM budget_spd WHERE id = NEW.spd_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM budget_spd WHERE id = NEW.spd_id AND state = 'signed') OR EXISTS (
        SELECT FROM budget_spdwithdrawalline w JOIN budget_spdline l ON l.id = w.spd_line_id
        WHERE w.withdrawal_id = NEW.id AND l.spd_id <> NEW.spd_id
    ) OR EXISTS (
        SELECT FROM budget_spdline l JOIN budget_spdwithdrawalline w ON w.spd_line_id = l.id
        WHERE l.spd_id = NEW.spd_id GROUP BY l.id HAVING sum(w.amount) > l.amount
    ) THEN
        RAISE EXCEPTION 'a withdrawal takes back no more than its SPD released'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_spd_withdrawal_fits';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT l.line_id, w.amount FROM budget_spdwithdrawalline w
            JOIN budget_spdline l ON l.id = w.spd_line_id WHERE w.withdrawal_id = NEW.id
        ) w
        FULL JOIN (
            SELECT line_id, -released AS amount FROM budget_fundentry
            WHERE key = 'spd-withdrawal:' || NEW.id
        ) e USING (line_id)
        WHERE w.amount IS DISTINCT FROM e.amount
    ) OR NOT EXISTS (SELECT FROM budget_spdwithdrawalline WHERE withdrawal_id = NEW.id) THEN
        RAISE EXCEPTION 'a withdrawal takes back exactly its lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_spd_withdraws';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER budget_spd_withdrawn AFTER INSERT ON budget_spdwithdrawal
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_spd_withdrawn();

CREATE FUNCTION budget_spd_withdrawal_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM come c JOIN budget_spdwithdrawal w ON w.id = c.withdrawal_id
        WHERE EXISTS (
            SELECT FROM budget_fundentry WHERE key = 'spd-withdrawal:' || w.id
        )
    ) THEN
        RAISE EXCEPTION 'a withdrawal that was booked takes no more lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_spd_withdrawal_fits';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER budget_spd_withdrawal_line AFTER INSERT ON budget_spdwithdrawalline
REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION budget_spd_withdrawal_line();
"""

UNDONE = """
DROP TRIGGER budget_spd_withdrawal_line ON budget_spdwithdrawalline;
DROP TRIGGER budget_spd_withdrawn ON budget_spdwithdrawal;
DROP TRIGGER budget_spd_released ON budget_spd;
DROP FUNCTION budget_spd_withdrawal_line, budget_spd_withdrawn, budget_spd_released,
    budget_planned_to, budget_plan_fits;
"""

# What is enacted of every line: its ceiling where money may be spent. What comes in has no ceiling
# to guard; it is what the newest version says from which a DPA was ratified.
ENACTED = """
CREATE FUNCTION budget_enacted(the_year int, the_unit bigint)
RETURNS TABLE (line_id bigint, amount numeric)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT f.line_id, f.ceiling FROM budget_funds f
    JOIN budget_line l ON l.id = f.line_id JOIN budget_sheet s ON s.id = l.sheet_id
    WHERE s.year_id = the_year AND (the_unit IS NULL OR s.unit_id = the_unit)
    UNION ALL
    SELECT k.line_id, k.amount FROM budget_versionsheet v
    JOIN budget_sheet s ON s.id = v.sheet_id
    JOIN budget_revisionline k ON k.revision_id = v.revision_id
    JOIN budget_line l ON l.id = k.line_id
    JOIN nomenclature_account r ON r.id = l.account_id
    WHERE v.version_id = (
        SELECT n.id FROM budget_version n WHERE n.year_id = the_year AND n.stage <> '' AND EXISTS (
            SELECT FROM budget_dpa d WHERE d.version_id = n.id AND d.state = 'ratified'
        ) ORDER BY n.number DESC LIMIT 1
    )
        AND (the_unit IS NULL OR s.unit_id = the_unit)
        AND (s.kind = 'revenue' OR s.kind = 'financing' AND r.code NOT LIKE '6.2%')
        AND NOT EXISTS (SELECT FROM budget_funds f WHERE f.line_id = k.line_id)
$$;

CREATE OR REPLACE FUNCTION budget_plan_fits(the_plan bigint, the_year int, the_unit bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM budget_enacted(the_year, the_unit) e
        FULL JOIN (
            SELECT line_id, total FROM budget_cashplanline WHERE plan_id = the_plan
        ) p USING (line_id)
        WHERE coalesce(e.amount, 0) <> coalesce(p.total, 0)
    ) OR NOT EXISTS (SELECT FROM budget_cashplanline WHERE plan_id = the_plan) THEN
        RAISE EXCEPTION 'a cash plan plans each line''s ceiling to the sen'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_plan_fits_ceilings';
    END IF;
END $$;
"""
NOT_ENACTED = "DROP FUNCTION budget_enacted(int, bigint);"
