"""What lets the planner count tables that were filled just now: SQL that the migration runs.

Nobody but a table's owner may ANALYZE it, and kawal_app owns none; this does that and nothing
else, to the budget's tables only. A table that somebody else looks at just now is left out.
"""

KNOW_SIZES = """
CREATE FUNCTION budget_know_sizes(the_tables text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one name;
BEGIN
    FOR one IN SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND relname = ANY (the_tables) AND starts_with(relname, 'budget_')
        ORDER BY relname
    LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) public.%I', one);
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION budget_know_sizes(text[]) FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kawal_app') THEN
        GRANT EXECUTE ON FUNCTION budget_know_sizes(text[]) TO kawal_app;
    END IF;
END $$;
"""
UNKNOWN = "DROP FUNCTION budget_know_sizes(text[]);"
