"""The functions and the trigger that keep funds: SQL that the migrations run as kawal_owner.

``budget_apply_entries`` is SECURITY DEFINER: kawal_app may add entries, and only this writes
balances. Rows are locked in the order of lines; a CHECK of budget_funds refuses the statement.
``budget_lock_lines`` takes the advisory locks of lines, sorted; above ``many`` lines one lock that
excludes all, because the server's lock table is small. ``budget_move_funds`` is a whole movement in
one round trip: as it is VOLATILE, each statement in it sees what was committed before that one, so
the lock is a statement of its own, as READ COMMITTED asks.
"""

# Two key spaces: the class alone (all lines), and class + line; a bigint, so that no line is cut.
ALL_LINES = 0x6B77_0000_0000_0000
MANY = 400

FUNCTIONS = f"""
CREATE FUNCTION budget_apply_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    lines bigint[];
    moved bigint;
BEGIN
    IF EXISTS (
        SELECT FROM entries WHERE kind = 'shift' GROUP BY key HAVING sum(ceiling) <> 0
    ) THEN
        RAISE EXCEPTION 'a shift takes as much as it gives'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_funds_shift_balances';
    END IF;
    SELECT array_agg(DISTINCT line_id ORDER BY line_id) INTO lines FROM entries;
    PERFORM FROM budget_funds f WHERE f.line_id = ANY (lines)
        ORDER BY f.line_id FOR NO KEY UPDATE;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved < cardinality(lines) THEN  -- a line's funds begin at zero
        INSERT INTO budget_funds (line_id, ceiling, released, reserved, committed, paid)
            SELECT id, 0, 0, 0, 0, 0 FROM unnest(lines) AS id ORDER BY id
            ON CONFLICT DO NOTHING;
    END IF;
    UPDATE budget_funds f SET
        ceiling = f.ceiling + s.ceiling, released = f.released + s.released,
        reserved = f.reserved + s.reserved, committed = f.committed + s.committed,
        paid = f.paid + s.paid
    FROM (
        SELECT line_id, sum(ceiling) AS ceiling, sum(released) AS released,
            sum(reserved) AS reserved, sum(committed) AS committed, sum(paid) AS paid
        FROM entries GROUP BY line_id
    ) s
    WHERE f.line_id = s.line_id;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved IS DISTINCT FROM cardinality(lines)::bigint THEN
        RAISE EXCEPTION 'an entry did not reach its line'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION budget_apply_entries() FROM PUBLIC;

CREATE TRIGGER budget_apply_entries AFTER INSERT ON budget_fundentry
REFERENCING NEW TABLE AS entries FOR EACH STATEMENT EXECUTE FUNCTION budget_apply_entries();

CREATE FUNCTION budget_lock_lines(lines bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'funds move under READ COMMITTED only';  -- an older snapshot would lie
    END IF;
    IF cardinality(lines) > {MANY} THEN
        PERFORM pg_advisory_xact_lock({ALL_LINES});
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock_shared({ALL_LINES});
    PERFORM pg_advisory_xact_lock({ALL_LINES} + id)
        FROM (SELECT DISTINCT id FROM unnest(lines) AS id ORDER BY id) sorted;
END $$;

CREATE FUNCTION budget_move_funds(
    the_key text, the_kind text, the_document_kind text, the_document_id text, the_reason text,
    the_at timestamptz, the_person bigint, lines bigint[], ceilings numeric[], releases numeric[],
    reservations numeric[], commitments numeric[], payments numeric[]
) RETURNS TABLE (
    outcome text, line_id bigint, ceiling numeric, released numeric, reserved numeric,
    committed numeric, paid numeric
) LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    broken text;
    said text := 'moved';
BEGIN
    PERFORM budget_lock_lines(lines);
    BEGIN
        INSERT INTO budget_fundentry (
            key, place, kind, document_kind, document_id, reason, at, person_id,
            line_id, ceiling, released, reserved, committed, paid
        )
        SELECT the_key, e.place - 1, the_kind, the_document_kind, the_document_id, the_reason,
            the_at, the_person, e.a, e.b, e.c, e.d, e.e, e.f
        FROM unnest(lines, ceilings, releases, reservations, commitments, payments)
            WITH ORDINALITY AS e (a, b, c, d, e, f, place);
    EXCEPTION
        WHEN unique_violation THEN
            GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
            IF broken <> 'budget_fund_entry_key' THEN RAISE; END IF;
            said := 'repeated';
        WHEN check_violation THEN
            GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
            IF broken NOT LIKE 'budget\\_funds\\_%' THEN RAISE; END IF;
            said := broken;
    END;
    RETURN QUERY
        SELECT said, id, f.ceiling, f.released, f.reserved, f.committed, f.paid
        FROM unnest(lines) AS id LEFT JOIN budget_funds f ON f.line_id = id;
END $$;
"""  # noqa: S608 - every part is ours

UNDONE = """
DROP TRIGGER budget_apply_entries ON budget_fundentry;
DROP FUNCTION budget_apply_entries, budget_lock_lines, budget_move_funds;
"""
