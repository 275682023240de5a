from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("network", "0010_anonymous_questions_without_moments")]

    operations = [
        migrations.AddField(
            model_name="networkrequest",
            name="form_mark",
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
    ]
