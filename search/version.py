"""One token for the state of everything readers see: for ETags and for what workers remember."""

from uuid import uuid4

from django.db import connection, models

from search.models import DataVersion


def current() -> str:
    """The token, in one query; plain SQL, because an unchanged page costs little else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM search_dataversion WHERE id = 1")
        return cursor.fetchone()[0]


def bump():
    """Make a new token: random, so that a rolled-back change never leaves its token behind."""
    DataVersion.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})


class Visible(models.Model):
    """A model whose rows readers see: saving or deleting one makes every remembered answer old."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        bump()

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        bump()
        return deleted


class Remembered:
    """A value that each worker builds once per data version."""

    def __init__(self, build):
        self.build = build
        self.held = (None, None)

    def __call__(self, version):
        held_version, value = self.held
        if held_version != str(version):
            value = self.build()
            self.held = (str(version), value)
        return value
