"""The functions and triggers that keep cash: SQL that the migration runs as kawal_owner.

``treasury_apply_cash`` is SECURITY DEFINER: kawal_app may add entries, and only this writes
balances, locked in the order of accounts. Whoever books shares the unit's lock, whoever closes a
month takes it alone: an entry is in the month before it closes, or refused. An entry of an earlier
day may not leave any day since then below zero.
"""

UNIT_LOCK = 0x6B78_0000_0000_0000  # plus the unit's id

FUNCTIONS = f"""
CREATE FUNCTION treasury_apply_cash() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    accounts bigint[];
    moved bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared({UNIT_LOCK} + unit_id) FROM (
        SELECT DISTINCT a.unit_id FROM entries e JOIN treasury_cashaccount a ON a.id = e.account_id
        ORDER BY 1) units;
    IF EXISTS (
        SELECT FROM entries e JOIN treasury_cashaccount a ON a.id = e.account_id
        WHERE extract(year FROM e."on") <> a.year_id
    ) THEN
        RAISE EXCEPTION 'an entry is of its book''s year'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_cash_year';
    END IF;
    IF EXISTS (
        SELECT FROM entries e JOIN treasury_cashaccount a ON a.id = e.account_id
        JOIN treasury_cashclosing c ON c.year_id = a.year_id AND c.unit_id = a.unit_id
        WHERE c.month >= extract(month FROM e."on")
    ) THEN
        RAISE EXCEPTION 'the month is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_cash_month_closed';
    END IF;
    IF EXISTS (
        SELECT FROM entries e JOIN treasury_cashaccount a ON a.id = e.account_id
        WHERE e.kind IN ('bill', 'remit', 'panjar', 'shift', 'hand')
        GROUP BY e.key HAVING sum(CASE WHEN a.purse IN ('pajak', 'kkpd')
            THEN e.credit - e.debit ELSE e.debit - e.credit END) <> 0
    ) OR EXISTS (
        SELECT FROM entries WHERE kind IN ('up', 'gu', 'tu') AND debit = 0
    ) OR EXISTS (
        SELECT FROM entries WHERE kind IN ('return') AND credit = 0
    ) THEN
        RAISE EXCEPTION 'what is moved between purses leaves their sum'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_cash_balanced';
    END IF;
    SELECT array_agg(DISTINCT account_id ORDER BY account_id) INTO accounts FROM entries;
    PERFORM FROM treasury_cashbalance b WHERE b.account_id = ANY (accounts)
        ORDER BY b.account_id FOR NO KEY UPDATE;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved < cardinality(accounts) THEN
        INSERT INTO treasury_cashbalance (account_id, balance, last_on)
            SELECT id, 0, '0001-01-01' FROM unnest(accounts) AS id ORDER BY id
            ON CONFLICT DO NOTHING;
    END IF;
    UPDATE treasury_cashbalance b SET balance = b.balance + s.amount,
        last_on = greatest(b.last_on, s.last_on)
    FROM (
        SELECT account_id, sum(debit - credit) AS amount, max("on") AS last_on
        FROM entries GROUP BY account_id
    ) s WHERE b.account_id = s.account_id;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved IS DISTINCT FROM cardinality(accounts)::bigint THEN
        RAISE EXCEPTION 'an entry did not reach its purse'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT account_id, min("on") AS first_on FROM entries GROUP BY account_id
        ) n
        JOIN treasury_cashbalance b ON b.account_id = n.account_id AND b.last_on > n.first_on
        CROSS JOIN LATERAL (
            SELECT d."on", sum(sum(d.debit - d.credit)) OVER (ORDER BY d."on") AS so_far
            FROM treasury_cashentry d WHERE d.account_id = n.account_id GROUP BY d."on"
        ) days
        WHERE days."on" >= n.first_on AND days.so_far < 0
    ) THEN
        RAISE EXCEPTION 'a purse was below zero on a day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_cash_balance_of_a_day';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION treasury_apply_cash() FROM PUBLIC;

CREATE TRIGGER treasury_apply_cash AFTER INSERT ON treasury_cashentry
REFERENCING NEW TABLE AS entries FOR EACH STATEMENT EXECUTE FUNCTION treasury_apply_cash();

CREATE FUNCTION treasury_lock_cash(the_unit bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_advisory_xact_lock({UNIT_LOCK} + the_unit)
$$;

CREATE FUNCTION treasury_close_cash() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({UNIT_LOCK} + NEW.unit_id);
    IF NEW.month <> 1 + coalesce((
        SELECT max(month) FROM treasury_cashclosing
        WHERE year_id = NEW.year_id AND unit_id = NEW.unit_id), 0)
    THEN
        RAISE EXCEPTION 'months close in order'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_cash_closing_order';
    END IF;
    IF NEW.cash IS DISTINCT FROM (
        SELECT coalesce(sum(e.debit - e.credit), 0)
        FROM treasury_cashentry e JOIN treasury_cashaccount a ON a.id = e.account_id
        WHERE a.year_id = NEW.year_id AND a.unit_id = NEW.unit_id
            AND a.purse IN ('tunai', 'bank') AND extract(month FROM e."on") <= NEW.month)
    THEN
        RAISE EXCEPTION 'a month closes with what its book says'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_cash_closing_cash';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER treasury_close_cash BEFORE INSERT ON treasury_cashclosing
FOR EACH ROW EXECUTE FUNCTION treasury_close_cash();

CREATE FUNCTION treasury_move_cash(
    the_key text, the_kind text, the_day date, the_document_kind text, the_document_id text,
    the_text text, the_at timestamptz, the_person bigint, accounts bigint[], amounts numeric[]
) RETURNS TABLE (outcome text, account_id bigint, balance numeric)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    broken text;
    said text := 'moved';
BEGIN
    BEGIN
        INSERT INTO treasury_cashentry (
            key, place, kind, "on", document_kind, document_id, text, at, person_id,
            account_id, debit, credit
        )
        SELECT the_key, e.place - 1, the_kind, the_day, the_document_kind, the_document_id,
            the_text, the_at, the_person, e.a, greatest(e.b, 0), greatest(-e.b, 0)
        FROM unnest(accounts, amounts) WITH ORDINALITY AS e (a, b, place);
    EXCEPTION
        WHEN unique_violation THEN
            GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
            IF broken = 'treasury_cash_entry_key' THEN said := 'repeated';
            ELSIF broken = 'treasury_cash_up_once' THEN said := broken;
            ELSE RAISE;
            END IF;
        WHEN check_violation THEN
            GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
            IF broken NOT LIKE 'treasury\\_cash\\_%' THEN RAISE; END IF;
            said := broken;
    END;
    RETURN QUERY
        SELECT said, id, coalesce(b.balance, 0.00)
        FROM unnest(accounts) AS id LEFT JOIN treasury_cashbalance b ON b.account_id = id;
END $$;
"""  # noqa: S608 - every part is ours

UNDONE = """
DROP TRIGGER treasury_apply_cash ON treasury_cashentry;
DROP TRIGGER treasury_close_cash ON treasury_cashclosing;
DROP FUNCTION treasury_apply_cash, treasury_close_cash, treasury_lock_cash, treasury_move_cash;
"""
