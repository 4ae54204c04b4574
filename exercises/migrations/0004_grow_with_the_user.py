from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exercises", "0003_normal_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="first_questions_done",
            field=models.BooleanField(default=True, verbose_name="first questions answered or skipped"),
        ),
        migrations.AddField(
            model_name="preferences",
            name="step_put_off_until",
            field=models.DateField(blank=True, null=True, verbose_name="no step of the plan is offered before"),
        ),
        migrations.AddField(
            model_name="prescription",
            name="first_slot",
            field=models.CharField(
                blank=True,
                choices=[("morning", "Morning"), ("midday", "Midday"), ("evening", "Evening")],
                default="",
                max_length=10,
                verbose_name="first session",
            ),
        ),
    ]
