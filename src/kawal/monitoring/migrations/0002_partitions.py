"""Partitioned tables of raw results, pings and hours, and who may make and drop partitions.

``kawal_app`` has no DDL. It calls two functions of ``kawal_owner`` that take no names and decide
by themselves what may be made (a few days ahead) and dropped (only what is past its keeping).
"""

from django.db import migrations

TABLES = """
CREATE TABLE monitoring_result (
    at timestamptz NOT NULL,
    check_id integer NOT NULL,
    ms real NOT NULL,
    state smallint NOT NULL,
    code smallint NOT NULL,
    dns smallint NOT NULL,
    connect smallint NOT NULL,
    tls smallint NOT NULL,
    first smallint NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX monitoring_result_check ON monitoring_result (check_id);
COMMENT ON TABLE monitoring_result IS
    'Raw results, 7 days. Phases in tenths of a millisecond, 32767 = that or more. No column is'
    ' ever null: the row then needs no bitmap and takes 56 bytes.';

CREATE TABLE monitoring_ping (
    at timestamptz NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    check_id integer NOT NULL,
    kind smallint NOT NULL,
    body text
) PARTITION BY RANGE (at);
CREATE INDEX monitoring_ping_check ON monitoring_ping (check_id);
CREATE INDEX monitoring_ping_order ON monitoring_ping (xid);
COMMENT ON TABLE monitoring_ping IS 'What applications reported by themselves, 7 days.';

CREATE TABLE monitoring_hour (
    check_id integer NOT NULL REFERENCES monitoring_check (id),
    hour timestamptz NOT NULL,
    up smallint NOT NULL,
    warn smallint NOT NULL,
    down smallint NOT NULL,
    unknown smallint NOT NULL,
    missed smallint NOT NULL,
    p50 double precision,
    p95 double precision,
    p99 double precision,
    worst double precision,
    histogram bytea NOT NULL,
    minutes bytea NOT NULL,
    PRIMARY KEY (check_id, hour)
) PARTITION BY RANGE (hour);
COMMENT ON TABLE monitoring_hour IS 'One check in one hour with its sixty minutes, 3 years.';
"""

MAKE = """
CREATE FUNCTION monitoring_make_partitions(first_day date, last_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    parent text; day date; part text; made integer := 0;
BEGIN
    IF last_day < first_day OR last_day > (now() + interval '10 days')::date
        OR last_day - first_day > 62 THEN
        RAISE EXCEPTION 'monitoring_make_partitions: % to % is not a span it makes',
            first_day, last_day;
    END IF;
    SET LOCAL lock_timeout = '5s';
    FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
        FOREACH parent IN ARRAY ARRAY['monitoring_result', 'monitoring_ping'] LOOP
            part := parent || to_char(day, '_YYYYMMDD');
            CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
            -- made apart and then attached: readers (a backup) are not waited for
            EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL)', part, parent);
            EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES'
                ' FROM (%L) TO (%L)', parent, part, day::text || ' 00:00+00',
                (day + 1)::text || ' 00:00+00');
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made + monitoring_make_months(first_day, last_day);
END $$;

CREATE FUNCTION monitoring_make_months(first_day date, last_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    month date; part text; made integer := 0;
BEGIN
    IF last_day < first_day OR last_day > (now() + interval '10 days')::date
        OR first_day < (now() - interval '3 years 1 month')::date THEN
        RAISE EXCEPTION 'monitoring_make_months: % to % is not a span it makes',
            first_day, last_day;
    END IF;
    SET LOCAL lock_timeout = '5s';
    FOR month IN SELECT generate_series(date_trunc('month', first_day::timestamp),
            last_day::timestamp, interval '1 month')::date LOOP
        part := 'monitoring_hour' || to_char(month, '_YYYYMM');
        CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
        EXECUTE format('CREATE TABLE public.%I (LIKE public.monitoring_hour INCLUDING ALL)', part);
        EXECUTE format('ALTER TABLE public.monitoring_hour ATTACH PARTITION public.%I FOR VALUES'
            ' FROM (%L) TO (%L)', part, month::text || ' 00:00+00',
            (month + interval '1 month')::date::text || ' 00:00+00');
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
"""

DROP = """
CREATE FUNCTION monitoring_drop_old() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    part record; dropped integer := 0;
    oldest_day date := (now() AT TIME ZONE 'UTC')::date - 7;
    oldest_month date := date_trunc('month', now() AT TIME ZONE 'UTC' - interval '3 years')::date;
BEGIN
    SET LOCAL lock_timeout = '5s';
    FOR part IN SELECT child.relname AS name FROM pg_inherits
            JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
            WHERE parent.relnamespace = 'public'::regnamespace AND child.relkind = 'r'
            AND CASE
                WHEN parent.relname IN ('monitoring_result', 'monitoring_ping')
                    THEN to_date(right(child.relname, 8), 'YYYYMMDD') < oldest_day
                WHEN parent.relname = 'monitoring_hour'
                    THEN to_date(right(child.relname, 6), 'YYYYMM') < oldest_month
                ELSE false END
            ORDER BY child.relname LOOP
        EXECUTE format('DROP TABLE public.%I', part.name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
"""

RIGHTS = """
REVOKE EXECUTE ON FUNCTION monitoring_make_partitions(date, date), monitoring_drop_old(),
    monitoring_make_months(date, date) FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kawal_app') THEN
        GRANT EXECUTE ON FUNCTION monitoring_make_partitions(date, date), monitoring_drop_old(),
            monitoring_make_months(date, date) TO kawal_app;
    END IF;
END $$;
ALTER TABLE monitoring_checkstate SET (fillfactor = 50);
ALTER TABLE monitoring_watcher SET (fillfactor = 20);
SELECT monitoring_make_partitions((now() AT TIME ZONE 'UTC')::date - 1,
    (now() AT TIME ZONE 'UTC')::date + 3);
"""

UNDO = """
DROP FUNCTION monitoring_make_partitions(date, date);
DROP FUNCTION monitoring_make_months(date, date);
DROP FUNCTION monitoring_drop_old();
DROP TABLE monitoring_result, monitoring_ping, monitoring_hour;
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [migrations.RunSQL(TABLES + MAKE + DROP + RIGHTS, UNDO)]
