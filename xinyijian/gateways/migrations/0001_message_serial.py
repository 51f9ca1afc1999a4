from django.db import migrations


class Migration(migrations.Migration):
    """The last four digits of msgid: one counter for all processes. Ten thousand within one second would repeat one."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE gateways_message_serial MINVALUE 0 MAXVALUE 9999 START 0 CYCLE",
            "DROP SEQUENCE gateways_message_serial",
        )
    ]
