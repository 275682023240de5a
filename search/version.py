"""One token for the state of everything readers see: for ETags and for what workers remember."""

from threading import RLock
from uuid import uuid4

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _


class DataVersion(models.Model):
    """One row whose token changes with every change that readers can see."""

    token = models.CharField(max_length=32)

    class Meta:
        app_label = "search"
        verbose_name = _("data version")
        verbose_name_plural = _("data versions")

    def __str__(self):
        return self.token


def current() -> str:
    """The token, in one query; plain SQL, because an unchanged page costs little else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM search_dataversion WHERE id = 1")
        return cursor.fetchone()[0]


def bump():
    """Make a new token: random, so that a rolled-back change never leaves its token behind."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_dataversion SET token = %s WHERE id = 1", [uuid4().hex])


class VisibleQuerySet(models.QuerySet):
    @transaction.atomic(savepoint=False)
    def delete(self):
        deleted = super().delete()
        bump()
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


class Visible(models.Model):
    """A model whose rows readers see: saving or deleting one makes every remembered answer old."""

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic(savepoint=False)  # killed in between, readers would keep the old answer
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        bump()

    @transaction.atomic(savepoint=False)
    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        bump()
        return deleted


class Remembered:
    """A value that each worker builds once per data version, however many ask at once."""

    def __init__(self, build):
        self.build = build
        self.held = (None, None)
        self.building = RLock()

    def __call__(self, version):
        held_version, value = self.held
        return value if held_version == str(version) else self.renewed(str(version))

    def renewed(self, version):
        with self.building:
            if self.held[0] != version:
                self.held = (version, self.build())
            return self.held[1]
