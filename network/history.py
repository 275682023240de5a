"""Who changed what, when and why."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.module_loading import import_string
from modeltranslation.fields import TranslationField
from modeltranslation.translator import NotRegistered, translator
from simple_history import register
from simple_history.models import HistoricalRecords
from simple_history.utils import get_m2m_field_name

DERIVED = {"sort_name", "updated_at"}
REASON = ContextVar("reason", default="")
RECORDS = {}  # model → what keeps its history


@contextmanager
def because(reason):
    """Every change inside is kept with this reason."""
    token = REASON.set(reason)
    try:
        yield
    finally:
        REASON.reset(token)


class Records(HistoricalRecords):
    def copy_fields(self, model):
        return {name: plain(field) for name, field in super().copy_fields(model).items()}

    def get_change_reason_for_object(self, instance, history_type, using):
        return REASON.get() or super().get_change_reason_for_object(instance, history_type, using)

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        RECORDS[sender] = self

    def create_historical_record_m2ms(self, history_instance, instance):
        """As the package does, without reading the kept row and each related record for it."""
        for field in history_instance._history_m2m_fields:
            through, kept = field.remote_field.through, self.m2m_models[field]
            columns = [column.attname for column in through._meta.fields]
            rows = through.objects.filter(**{get_m2m_field_name(field): instance}).values(*columns)
            kept.objects.bulk_create(kept(history=history_instance, **row) for row in rows)


@contextmanager
def one_record(instance):
    """Saving the row and its relations inside is one change, kept once at the end."""
    kind = "+" if instance.pk is None else "~"
    instance.skip_history_when_saving = True
    try:
        yield
    finally:
        del instance.skip_history_when_saving
    keep(instance, kind)


def keep(instance, kind):
    """Keep the row and its relations as they are; `kind` is "+" or "~"."""
    vars(instance).pop("skip_history_when_saving", None)
    RECORDS[type(instance)].create_historical_record(instance, kind)


def plain(field):
    """A translated column copies itself as it was declared, unique and all: take its own kind."""
    if not isinstance(field, TranslationField):
        return field
    name, path, arguments, options = field.deconstruct()
    options.pop("unique", None)
    column = import_string(path)(*arguments, **options)
    column.name = name
    return column


def keep_history(model, relations=()):
    """Call it when the translated columns are there; `relations` are many-to-many fields."""
    register(
        model,
        records_class=Records,
        m2m_fields=relations,
        excluded_fields=excluded(model),
        history_change_reason_field=models.TextField(blank=True, null=True),
    )
    # Accounts were asked what refers to them before this model was there; deleting one asks again.
    get_user_model()._meta._expire_cache()


def excluded(model):
    """What other columns say already: the untranslated column, and what saving derives."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return [name for name in DERIVED if has_field(model, name)]
    derived = [
        column.name
        for name, columns in options.all_fields.items()
        if name in DERIVED
        for column in columns
    ]
    return [*options.all_fields, *derived, *(name for name in DERIVED if has_field(model, name))]


def has_field(model, name):
    return name in {column.name for column in model._meta.get_fields()}
