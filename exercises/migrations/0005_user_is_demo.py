from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exercises", "0004_grow_with_the_user"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_demo",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
