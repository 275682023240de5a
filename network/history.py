"""Who changed what, when and why."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.utils.module_loading import import_string
from modeltranslation.fields import TranslationField
from modeltranslation.translator import NotRegistered, translator
from simple_history import register
from simple_history.models import HistoricalRecords

from search.version import bump

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
        """As the package does, with one question for all relations."""
        rows = related_rows(instance, history_instance._history_m2m_fields)
        for field in history_instance._history_m2m_fields:
            kept, columns = self.m2m_models[field], columns_of(field)
            kept.objects.bulk_create(
                kept(history=history_instance, **dict(zip(columns, row, strict=True)))
                for row in rows[field]
            )


def related_rows(instance, fields):
    """Field → its rows of the table between, as tuples of `columns_of` the field."""
    rows = {field: [] for field in fields}
    if rows:
        statement = " UNION ALL ".join(map(statement_of, range(len(rows)), rows))
        with connection.cursor() as cursor:
            cursor.execute(statement, [instance.pk] * len(rows))
            for number, *row in cursor.fetchall():
                rows[fields[number]].append(row)
    return rows


@cache
def statement_of(number, field):
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, columns_of(field)))
    table, own = quote(field.remote_field.through._meta.db_table), quote(field.m2m_column_name())
    return f"SELECT {number}, {columns} FROM {table} WHERE {own} = %s"  # noqa: S608


def columns_of(field):
    """The key of the row between, the record, what it is related to."""
    return [column.attname for column in field.remote_field.through._meta.fields]


@contextmanager
def in_parts(record):
    """Inside, its relations are still to come: history and search wait for them."""
    record.skip_history_when_saving = True
    try:
        yield
    finally:
        del record.skip_history_when_saving


def is_in_parts(record):
    return hasattr(record, "skip_history_when_saving")


@contextmanager
def one_record(record):
    """Saving the row and its relations inside is one change: it is kept and searched at the end."""
    kind = "+" if record.pk is None else "~"
    with transaction.atomic(savepoint=False):
        with in_parts(record):
            yield
        keep(record, kind)
        show(record)


def show(record):
    """To readers and to the search, as its row and relations are now."""
    vars(record).pop("_prefetched_objects_cache", None)
    if hasattr(record, "refresh_search"):
        record.refresh_search()
    bump()


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
