from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("network", "0008_word_of_the_asker")]

    operations = [
        migrations.AlterField(
            model_name="viewing",
            name="way",
            field=models.CharField(
                max_length=10,
                choices=[
                    ("link", "the link was opened, by a person or by a program"),
                    ("desk", "the page of coordinators and experts"),
                    ("export", "a copy for the person who asked"),
                ],
            ),
        ),
    ]
