"""What the database itself holds of journals: SQL that the migrations run as kawal_owner.

A booking shares its period's lock before it looks (``period_sql.py``). The lines of a journal come
in one statement and a journal without lines does not commit, so nobody adds to one later. That it
balances, and mirrors what it reverses, is asked at commit.
"""

from kawal.ledger.models.period_sql import CLOSES, LOCK

BROKEN = "USING ERRCODE = 'integrity_constraint_violation'"
FINANCIAL = r"'^([1278]\.|3\.1\.0[13]\.)'"
BUDGET = r"'^([456]\.|3\.1\.02\.)'"

CAME = f"""
CREATE OR REPLACE FUNCTION ledger_journals_came() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    state text;
BEGIN
    FOR state IN
        SELECT ledger_share_period(p.id)
        FROM (SELECT DISTINCT period_id AS id FROM came ORDER BY id) p
    LOOP
        IF state <> 'open' THEN
            RAISE EXCEPTION 'a closed period takes no journal: %', state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_open';
        END IF;
    END LOOP;
    IF EXISTS (
        SELECT FROM came c LEFT JOIN regions_agency a ON a.id = c.agency_id WHERE a.id IS NULL
    ) THEN
        RAISE EXCEPTION 'a journal is of an agency' {BROKEN};
    END IF;
    IF EXISTS (
        SELECT FROM came c JOIN ledger_journal o ON o.id = c.reverses_id
        WHERE o.reverses_id IS NOT NULL OR o.period_id / 100 <> c.period_id / 100
            OR (o.entity, o.kind, o.event, o.agency_id, o.source_kind, o.source_id)
            <> (c.entity, c.kind, c.event, c.agency_id, c.source_kind, c.source_id)
    ) THEN
        RAISE EXCEPTION 'a reversal is of a journal of the same books and document' {BROKEN};
    END IF;
    INSERT INTO ledger_unfolded (journal_id) SELECT id FROM came;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION ledger_journals_came() FROM PUBLIC;
CREATE TRIGGER ledger_journals_came AFTER INSERT ON ledger_journal
REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ledger_journals_came();
"""  # noqa: S608 - every part is ours

LINES_CAME = f"""
CREATE OR REPLACE FUNCTION ledger_lines_came() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM came c LEFT JOIN ledger_journal j ON j.id = c.journal_id
        WHERE j.id IS NULL OR j."on" <> c."on"
    ) THEN
        RAISE EXCEPTION 'a line is of a journal and its day' {BROKEN};
    END IF;
    IF (SELECT count(*) FROM came) <> (
        SELECT count(*) FROM (SELECT DISTINCT journal_id FROM came) c
        JOIN ledger_journalline l ON l.journal_id = c.journal_id
    ) THEN
        RAISE EXCEPTION 'a journal takes no other line' {BROKEN};
    END IF;
    IF EXISTS (
        SELECT FROM came c JOIN ledger_journal j ON j.id = c.journal_id
        LEFT JOIN nomenclature_account a ON a.id = c.account_id
        LEFT JOIN nomenclature_account b ON b.id = c.about_id
        WHERE a.id IS NULL OR a.level <> 6 OR (c.about_id IS NOT NULL AND b.id IS NULL)
        OR CASE j.kind WHEN 'financial' THEN a.code !~ {FINANCIAL} ELSE a.code !~ {BUDGET} END
    ) THEN
        RAISE EXCEPTION 'a line is on an account of level 6 of its kind of journal' {BROKEN};
    END IF;
    IF EXISTS (
        SELECT FROM came c LEFT JOIN regions_agency u ON u.id = c.unit_id
        LEFT JOIN nomenclature_activity v ON v.id = c.activity_id
        LEFT JOIN nomenclature_fund f ON f.id = c.fund_id
        WHERE u.id IS NULL OR (c.activity_id IS NOT NULL AND v.id IS NULL)
            OR (c.fund_id IS NOT NULL AND f.id IS NULL)
    ) THEN
        RAISE EXCEPTION 'a line is of a unit, an activity and a fund that exist' {BROKEN};
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_lines_came AFTER INSERT ON ledger_journalline
REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_came();
"""  # noqa: S608 - every part is ours

SIDES = "account_id, unit_id, about_id, activity_id, fund_id, line_id"
BALANCED = f"""
CREATE OR REPLACE FUNCTION ledger_journal_balanced() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    lines bigint;
    off numeric;
BEGIN
    SELECT count(*), sum(debit) - sum(credit) INTO lines, off
    FROM ledger_journalline WHERE journal_id = NEW.id;
    IF lines < 2 OR off <> 0 THEN
        RAISE EXCEPTION 'journal % does not balance: % lines, % off', NEW.id, lines, off
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_journal_balanced';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND EXISTS (
        (SELECT {SIDES}, debit, credit FROM ledger_journalline WHERE journal_id = NEW.id
        EXCEPT ALL
        SELECT {SIDES}, credit, debit FROM ledger_journalline WHERE journal_id = NEW.reverses_id)
        UNION ALL
        (SELECT {SIDES}, credit, debit FROM ledger_journalline WHERE journal_id = NEW.reverses_id
        EXCEPT ALL
        SELECT {SIDES}, debit, credit FROM ledger_journalline WHERE journal_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'journal % does not mirror what it reverses', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_journal_mirrors';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_journal_balanced AFTER INSERT ON ledger_journal
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_journal_balanced();
"""  # noqa: S608 - every part is ours

POST = """
CREATE OR REPLACE FUNCTION ledger_post(
    the_period integer, journals json, lines json, the_at timestamptz, the_person bigint
) RETURNS TABLE (outcome text, id bigint, key text, place smallint, digest bytea)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    keys text[];
    written bigint;
    asked bigint;
    state text;
BEGIN
    SELECT array_agg(DISTINCT j.key) INTO keys FROM json_to_recordset(journals) AS j (key text);
    PERFORM FROM ledger_journal j WHERE j.key = ANY (keys) LIMIT 1;
    IF FOUND THEN  -- before the period: what is posted already is not posted into it
        RETURN QUERY SELECT 'known', j.id, j.key::text, j.place, j.digest FROM ledger_journal j
            WHERE j.key = ANY (keys) ORDER BY j.key, j.place;
        RETURN;
    END IF;
    state := ledger_share_period(the_period);
    IF state <> 'open' THEN
        RETURN QUERY SELECT state, 0::bigint, ''::text, 0::smallint, ''::bytea;
        RETURN;
    END IF;
    IF EXISTS (
        SELECT FROM json_to_recordset(lines) AS l (
            account bigint, code text, own bigint, own_code text
        )
        LEFT JOIN nomenclature_account a ON a.id = l.account AND a.code = l.code
        LEFT JOIN nomenclature_account b ON b.id = l.own AND b.code = l.own_code
        WHERE a.id IS NULL OR b.id IS NULL
    ) THEN
        RETURN QUERY SELECT 'stale', 0::bigint, ''::text, 0::smallint, ''::bytea;
        RETURN;
    END IF;
    INSERT INTO ledger_journal (
        key, place, entity, kind, event, agency_id, period_id, "on", source_kind, source_id,
        source_number, text, digest, reverses_id, at, person_id
    )
    SELECT j.key, j.place, j.entity, j.kind, j.event, j.agency, the_period, j."on",
        j.source_kind, j.source_id, j.source_number, j.text, decode(j.digest, 'hex'), NULL,
        the_at, the_person
    FROM json_to_recordset(journals) AS j (
        key text, place smallint, entity text, kind text, event text, agency bigint, "on" date,
        source_kind text, source_id text, source_number text, text text, digest text
    ) ORDER BY j.key, j.place  -- two who post the same keys wait for each other, in one order
    ON CONFLICT (key, place) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    asked := json_array_length(journals);
    IF written = 0 AND asked > 0 THEN  -- another posted the same at the same moment
        RETURN QUERY SELECT 'known', j.id, j.key::text, j.place, j.digest FROM ledger_journal j
            WHERE j.key = ANY (keys) ORDER BY j.key, j.place;
        RETURN;
    ELSIF written < asked THEN
        RAISE EXCEPTION 'some of these journals were posted at the same moment'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'ledger_journal_key';
    END IF;
    INSERT INTO ledger_journalline (
        journal_id, place, "on", account_id, debit, credit, unit_id, about_id, activity_id,
        fund_id, line_id
    )
    SELECT j.id, l.place, j."on", l.account, l.debit, l.credit, l.unit, l.about, l.activity,
        l.fund, l.line
    FROM json_to_recordset(lines) AS l (
        key text, journal smallint, place smallint, account bigint, debit numeric, credit numeric,
        unit bigint, about bigint, activity bigint, fund bigint, line bigint
    ) JOIN ledger_journal j ON j.key = l.key AND j.place = l.journal;
    RETURN QUERY SELECT 'posted', j.id, j.key::text, j.place, j.digest FROM ledger_journal j
        WHERE j.key = ANY (keys) ORDER BY j.key, j.place;
END $$;
"""

REVERSE = """
CREATE OR REPLACE FUNCTION ledger_reverse(
    old_key text, new_key text, the_period integer, the_on date, the_text text, the_digest bytea,
    the_at timestamptz, the_person bigint
) RETURNS TABLE (outcome text, id bigint, key text, place smallint, digest bytea)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    said text := 'posted';
    state text;
BEGIN
    IF EXISTS (SELECT FROM ledger_journal j WHERE j.key = new_key) THEN
        said := 'known';
    ELSIF NOT EXISTS (SELECT FROM ledger_journal j WHERE j.key = old_key) THEN
        said := 'missing';
    ELSE
        state := ledger_share_period(the_period);
        IF state <> 'open' THEN
            said := state;
        ELSIF EXISTS (
            SELECT FROM ledger_journal o JOIN ledger_journal r ON r.reverses_id = o.id
            WHERE o.key = old_key
        ) THEN
            said := CASE WHEN EXISTS (SELECT FROM ledger_journal j WHERE j.key = new_key)
                THEN 'known' ELSE 'reversed' END;  -- since we looked, by the same wish
        ELSIF EXISTS (
            SELECT FROM ledger_journal o WHERE o.key = old_key AND o.reverses_id IS NOT NULL
        ) THEN
            said := 'is reversal';
        ELSIF EXISTS (
            SELECT FROM ledger_journal o
            WHERE o.key = old_key AND (o.period_id / 100 <> the_period / 100 OR o."on" > the_on)
        ) THEN
            said := 'other year';
        ELSE
            INSERT INTO ledger_journal (
                key, place, entity, kind, event, agency_id, period_id, "on", source_kind,
                source_id, source_number, text, digest, reverses_id, at, person_id
            )
            SELECT new_key, o.place, o.entity, o.kind, o.event, o.agency_id, the_period, the_on,
                o.source_kind, o.source_id, o.source_number, the_text, the_digest, o.id,
                the_at, the_person
            FROM ledger_journal o WHERE o.key = old_key ORDER BY o.id;
            INSERT INTO ledger_journalline (
                journal_id, place, "on", account_id, debit, credit, unit_id, about_id,
                activity_id, fund_id, line_id
            )
            SELECT r.id, l.place, the_on, l.account_id, l.credit, l.debit, l.unit_id, l.about_id,
                l.activity_id, l.fund_id, l.line_id
            FROM ledger_journal r JOIN ledger_journalline l ON l.journal_id = r.reverses_id
            WHERE r.key = new_key;
        END IF;
    END IF;
    IF said NOT IN ('posted', 'known') THEN
        RETURN QUERY SELECT said, 0::bigint, ''::text, 0::smallint, ''::bytea;
        RETURN;
    END IF;
    RETURN QUERY SELECT said, j.id, j.key::text, j.place, j.digest FROM ledger_journal j
        WHERE j.key = new_key ORDER BY j.place;
END $$;
"""

FUNCTIONS = LOCK + CAME + LINES_CAME + BALANCED + POST + REVERSE
UNDONE = """
DROP TRIGGER ledger_journals_came ON ledger_journal;
DROP TRIGGER ledger_lines_came ON ledger_journalline;
DROP TRIGGER ledger_journal_balanced ON ledger_journal;
DROP FUNCTION ledger_journals_came, ledger_lines_came, ledger_journal_balanced, ledger_post,
    ledger_reverse, ledger_share_period;
"""


def again(sql: str) -> str:
    """Return the function of a part without the trigger that is there already."""
    return sql.partition("CREATE TRIGGER")[0]


REPLACED = LOCK + again(CAME) + POST + REVERSE + CLOSES
