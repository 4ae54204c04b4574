from django.db import migrations
from django.db.models.functions import Lower


def spell_small(apps, schema_editor):
    apps.get_model("exercises", "User").objects.update(email=Lower("email"))


class Migration(migrations.Migration):

    dependencies = [
        ("exercises", "0004_tries_at_passwords"),
    ]

    operations = [
        migrations.RunPython(spell_small, migrations.RunPython.noop),
    ]
