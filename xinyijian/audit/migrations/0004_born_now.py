"""An event states its own transaction and moment: nobody, however he connects, can write one into the past.

A trigger and no CHECK: a restore makes triggers after the rows, whose transactions are those of another machine.
"""
from django.db import migrations

FORWARDS = """
CREATE FUNCTION audit_born_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an event is recorded when it is written' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER born_now BEFORE INSERT ON audit_event FOR EACH ROW
WHEN (NEW.txid IS DISTINCT FROM audit_transaction() OR NEW.recorded_at IS DISTINCT FROM statement_timestamp())
EXECUTE FUNCTION audit_born_now();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_search")]
    operations = [migrations.RunSQL(FORWARDS, "DROP TRIGGER born_now ON audit_event; DROP FUNCTION audit_born_now()")]
