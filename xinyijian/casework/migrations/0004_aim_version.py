from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_aim")]
    operations = [migrations.RenameField("aim", "calendar_version", "version")]
