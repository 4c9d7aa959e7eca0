"""A signed SPD beside the cash plan, all its lines at once: SQL that the migration runs.

What is released adds to a line, what its unit's plan in force has to the end of the months takes
away; no line may be left above nothing without an explanation. Summing both by line reads each
plan once, where asking line after line read the plans as often as the SPD has lines. The plan of
the statement is made for the tables as they are now, not for those of the session's first SPD.
"""

from kawal.budget.models.cash_sql import FUNCTIONS

IN_SETS = """
CREATE FUNCTION budget_spd_above_plan(the_spd bigint, the_year int, the_month int)
RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM (
            SELECT f.line_id, f.released AS amount FROM budget_spdline s
            JOIN budget_funds f ON f.line_id = s.line_id WHERE s.spd_id = the_spd
            UNION ALL
            SELECT c.line_id, -(
                SELECT sum(m.amount) FROM unnest(ARRAY[c.m1, c.m2, c.m3, c.m4, c.m5, c.m6, c.m7,
                c.m8, c.m9, c.m10, c.m11, c.m12]) WITH ORDINALITY AS m (amount, month)
                WHERE m.month <= the_month
            ) FROM budget_cashplanline c WHERE c.plan_id = ANY (ARRAY(
                SELECT DISTINCT ON (p.unit_id) p.id FROM budget_cashplan p
                WHERE p.year_id = the_year AND p.state = 'validated' AND p.unit_id IN (
                    SELECT h.unit_id FROM budget_spdline s
                    JOIN budget_line l ON l.id = s.line_id JOIN budget_sheet h ON h.id = l.sheet_id
                    WHERE s.spd_id = the_spd
                ) ORDER BY p.unit_id, p.number DESC
            ))
        ) t GROUP BY t.line_id HAVING sum(t.amount) > 0
    );
END $$;

CREATE OR REPLACE FUNCTION budget_spd_released() RETURNS trigger
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
    IF NEW.explanation = '' AND budget_spd_above_plan(NEW.id, NEW.year_id, NEW.last_month) THEN
        RAISE EXCEPTION 'an SPD above the cash plan is explained'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_spd_within_plan';
    END IF;
    RETURN NULL;
END $$;

DROP FUNCTION budget_planned_to(bigint, int);
"""

_REPLACED = ("FUNCTION budget_planned_to(", "FUNCTION budget_spd_released(")
LINE_BY_LINE = (
    "".join(
        f"CREATE OR REPLACE {part}"
        for part in FUNCTIONS.split("CREATE ")
        if part.startswith(_REPLACED)
    )
    + "DROP FUNCTION budget_spd_above_plan(bigint, int, int);"
)
