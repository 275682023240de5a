"""For migrations: the history of rows that were there before it begins with what they say now."""

from django.utils import timezone
from django.utils.translation import gettext_noop

REASON = gettext_noop("before the history began")


def begin_history(app, models):
    """A step of a migration; `models` maps names to the many-to-many fields that are kept."""

    def forwards(apps, schema_editor):
        for name, relations in models.items():
            begin(apps, app, name, relations)

    return forwards


def begin(apps, app, name, relations):
    model, kept = apps.get_model(app, name), apps.get_model(app, f"Historical{name}")
    columns = [field.attname for field in kept._meta.fields if not field.name.startswith("history")]
    rows = model.objects.exclude(pk__in=kept.objects.values("id")).order_by("pk")
    kept.objects.bulk_create(
        kept(**{column: getattr(row, column) for column in columns}, **beginning()) for row in rows
    )
    for relation in relations:
        begin_relation(apps, app, model, kept, relation)


def beginning():
    return {
        "history_type": "+",
        "history_date": timezone.now(),
        "history_change_reason": REASON,
    }


def begin_relation(apps, app, model, kept, relation):
    through = getattr(model, relation).through
    kept_through = apps.get_model(app, f"{kept._meta.object_name}_{relation}")
    begun = kept.objects.filter(history_change_reason=REASON).values_list("id", "history_id")
    history_of = dict(begun)
    columns = [field.attname for field in through._meta.fields]
    owner = f"{model._meta.get_field(relation).m2m_field_name()}_id"
    kept_through.objects.bulk_create(
        kept_through(
            history_id=history_of[getattr(row, owner)],
            **{column: getattr(row, column) for column in columns},
        )
        for row in through.objects.filter(**{f"{owner}__in": history_of})
    )
