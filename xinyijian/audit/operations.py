"""A migration operation that makes a table append-only."""

from django.db.migrations.operations.base import Operation

FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""


class AppendOnly(Operation):
    """Refuse UPDATE and DELETE of every row of `table`, whoever asks. Depends on audit 0001, which makes the function.

    TRUNCATE is withheld from the application by privilege only (`secure_database`): a trigger would also stop the
    owner, and it is the owner who empties the tables between tests.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table):
        self.table = table

    def state_forwards(self, app_label, state):
        """The models stay as they are."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table = schema_editor.quote_name(self.table)
        schema_editor.execute(f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION append_only()")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute(f"DROP TRIGGER append_only ON {schema_editor.quote_name(self.table)}")

    def describe(self):
        return f"Make {self.table} append-only"
