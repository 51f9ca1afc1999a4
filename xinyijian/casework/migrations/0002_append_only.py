from django.db import migrations

from xinyijian.audit.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [AppendOnly("casework_decision"), AppendOnly("casework_document")]
