from django.db import migrations

from xinyijian.audit.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_token"), ("audit", "0001_initial")]
    operations = [AppendOnly("policies_change")]
