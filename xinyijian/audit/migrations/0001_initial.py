"""The events, their seals, and what keeps both from being rewritten."""
import django.db.models.functions.datetime
from django.db import migrations, models

import xinyijian.audit.models
from xinyijian.audit.operations import FUNCTION, AppendOnly

# Transaction numbers start again in a restored database. `secure_database` then replaces the 0 by an offset,
# so that new events still come after the sealed ones.
TRANSACTION = """
CREATE FUNCTION audit_transaction() RETURNS bigint LANGUAGE sql STABLE
AS 'SELECT pg_current_xact_id()::text::bigint + 0'
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(TRANSACTION, "DROP FUNCTION audit_transaction()"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION append_only()"),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_txid", models.BigIntegerField()),
                ("last_event", models.BigIntegerField()),
                ("count", models.IntegerField()),
                ("leaves", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("root", models.BinaryField()),
                ("sealed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=40)),
                ("source", models.CharField(blank=True, default="", max_length=30)),
                ("target", models.CharField(blank=True, default="", max_length=30)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_label", models.CharField(blank=True, default="", max_length=60)),
                ("on_behalf_of_id", models.BigIntegerField(null=True)),
                ("region", models.CharField(blank=True, default="", max_length=6)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("txid", models.BigIntegerField(db_default=xinyijian.audit.models.TransactionId(), editable=False)),
                ("data", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "object_id", "id"], name="event_of_object"), models.Index(fields=["person_id", "id"], name="event_of_person"), models.Index(fields=["txid", "id"], name="event_to_seal")],
            },
        ),
        AppendOnly("audit_event"),
        AppendOnly("audit_seal"),
    ]
