"""Whatever way a value or the calendar changes, the token of the tables is renewed, so that every process notices."""
from django.db import migrations

TABLES = ("policies_value", "policies_reference", "policies_calendaryear", "policies_calendarday")
FUNCTION = """
CREATE FUNCTION policies_renew_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO policies_version (id, token) VALUES (1, gen_random_uuid()) ON CONFLICT (id) DO UPDATE SET token = excluded.token;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER policies_token AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION policies_renew_token();
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION policies_renew_token()"),
        *[migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER policies_token ON {table}") for table in TABLES],
    ]
