from django.db import migrations, models

import exercises.models.user


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(
                max_length=254, validators=[exercises.models.user.validate_domain], verbose_name="email address"
            ),
        ),
    ]
