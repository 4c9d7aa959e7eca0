"""Pings in lanes: each writing process has one, so that no ping overtakes another in its lane."""

from django.db import migrations

DO = """
DROP TABLE monitoring_ping;
CREATE SEQUENCE monitoring_ping_seq;
CREATE TABLE monitoring_ping (
    at timestamptz NOT NULL,
    seq bigint NOT NULL DEFAULT nextval('monitoring_ping_seq'),
    check_id integer NOT NULL,
    lane smallint NOT NULL,
    kind smallint NOT NULL,
    body text
) PARTITION BY RANGE (at);
CREATE INDEX monitoring_ping_check ON monitoring_ping (check_id);
CREATE INDEX monitoring_ping_order ON monitoring_ping (lane, seq);
COMMENT ON TABLE monitoring_ping IS 'What applications reported by themselves, 7 days.';
SELECT monitoring_make_partitions((now() AT TIME ZONE 'UTC')::date - 1,
    (now() AT TIME ZONE 'UTC')::date + 3);
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_policy_targets")]
    operations = [migrations.RunSQL(DO, "DROP SEQUENCE monitoring_ping_seq CASCADE")]
