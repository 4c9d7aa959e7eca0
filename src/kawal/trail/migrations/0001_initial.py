"""The first tables of the trail."""

import django.db.models.deletion
import kawal.trail.models
import pgtrigger.compiler
import pgtrigger.migrations
import django.db.models.expressions
from django.db import migrations, models


READABLE = """
octet_length(canonical) <= 65535 AND jsonb_path_exists(
    convert_from(canonical, 'UTF8')::jsonb,
    'strict $ ? (@.id == $id && @.facts.type() == "object" && @.v.type() == "number"
        && @.kind like_regex "^[a-z_.]{3,60}$"
        && @.at like_regex "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{6}Z$")',
    jsonb_build_object('id', id::text))
"""

# Steps of eight leave room beside any leaf for the log's own (models.ORDER_STEP).
SEQUENCE = "CREATE SEQUENCE trail_leaf_order AS bigint INCREMENT BY 8 START WITH 8 CACHE 1"

# Holds back all appends for a moment; needed once in the life of a server, when an era begins.
HOLD = """
CREATE FUNCTION trail_hold_leaves() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET lock_timeout = '2s' AS $$
BEGIN LOCK TABLE public.trail_leaf IN SHARE ROW EXCLUSIVE MODE; END $$
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.RunSQL(SEQUENCE, "DROP SEQUENCE trail_leaf_order"),
        migrations.CreateModel(
            name='Era',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.BigIntegerField()),
                ('after', models.BigIntegerField()),
                ('started_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('canonical', models.BinaryField()),
                ('order', models.BigIntegerField(db_default=models.Func(models.Value('trail_leaf_order'), function='nextval'))),
                ('xid', kawal.trail.models.Xid8Field(db_default=models.Func(function='pg_current_xact_id'))),
            ],
        ),
        migrations.CreateModel(
            name='Log',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(choices=[('demo', 'demo'), ('rehearsal', 'rehearsal'), ('live', 'live')], max_length=20)),
                ('started_at', models.DateTimeField()),
                ('previous_size', models.BigIntegerField(default=0)),
                ('previous_root', models.BinaryField(default=b'', max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('position', models.BigIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('hash', models.BinaryField(max_length=32)),
                ('era', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.era')),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='era',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='31d9abf7d334ed4203b84861a6d702b59f400ae3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3160', table='trail_era', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='era',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;", hash='1c826b80d1f566d428d8563978338f6f5f8b43c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_8b317', table='trail_era', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Salt',
            fields=[
                ('leaf', models.OneToOneField(db_index=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='trail.leaf')),
                ('salt', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.AddIndex(
            model_name='leaf',
            index=models.Index(fields=['xid', 'order'], name='trail_leaf_order_idx'),
        ),
        migrations.AddField(
            model_name='entry',
            name='leaf',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.leaf'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0d614fb46be2bb113dd358d798a8b7b63931c7ec', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_47c5d', table='trail_leaf', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;", hash='ab45533bbac15b3ded6ef96cb71ffad76880eb4b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_5df13', table='trail_leaf', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='log',
            name='previous',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.log'),
        ),
        migrations.AddField(
            model_name='head',
            name='log',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.log'),
        ),
        migrations.AddField(
            model_name='entry',
            name='log',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.log'),
        ),
        migrations.AddField(
            model_name='node',
            name='log',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trail.log'),
        ),
        migrations.AddConstraint(
            model_name='log',
            constraint=models.UniqueConstraint(models.Value(1), condition=models.Q(('previous__isnull', True)), name='trail_log_one_first'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='log',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1fd11ec1cf903f1d9eb54d20d012409121b0fe6a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_07b57', table='trail_log', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='log',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;", hash='564208b577c378f16b655f06ba951d360c53688a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_fbf19', table='trail_log', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='head',
            constraint=models.UniqueConstraint(fields=('log', 'size'), name='trail_head_once'),
        ),
        migrations.AddConstraint(
            model_name='head',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='trail_head_size'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='head',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c22981f79650854fd022557c22f3c022eec1baf6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7ff37', table='trail_head', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='head',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;", hash='c2358dd78e895ebbb89848eb6c8f12cfee824036', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_4b14b', table='trail_head', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['kind', 'number'], name='trail_entry_kind'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('log', 'position'), name='trail_entry_one_place'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('position__gte', 0)), name='trail_entry_counts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='43e43854e068cadda2388a1b2011a3269e0d3e82', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3cebc', table='trail_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;", hash='e8ac15b175edffd0887d39e3e3ca05f6652dadde', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_77d23', table='trail_entry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='node',
            constraint=models.UniqueConstraint(fields=('log', 'tier', 'index'), name='trail_node_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='node',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b237a19829c3df34add601b54050dbfa8707d66', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a82d', table='trail_node', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='node',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot truncate table %', TG_TABLE_NAME;", hash='214c9654e960e91ca14310053af5fe4c379d32fe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_d7c1b', table='trail_node', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='leaf',
            constraint=models.CheckConstraint(condition=django.db.models.expressions.RawSQL(READABLE, (), output_field=models.BooleanField()), name='trail_leaf_readable'),
        ),
        migrations.RunSQL(HOLD, "DROP FUNCTION trail_hold_leaves()"),
    ]
