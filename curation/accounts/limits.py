"""What the form of a record leaves open to whoever is signed in."""

from django.contrib.admin.options import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from curation.accounts.roles import LANGUAGES
from network.publishing import EditorialStatus

UNPUBLISHED = (EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW)


def languages_of(user):
    """The languages in which somebody may write texts."""
    return [code for code in LANGUAGES if user.has_perm(f"curation.write_{code}")]


class OwnLanguages:
    """Texts in other languages than one's own are there to be read."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *self.foreign_texts(request.user)]

    def foreign_texts(self, user):
        own = languages_of(user)
        return [
            column.name
            for columns in self.trans_opts.all_fields.values()
            for column in columns
            if column.editable and column.language not in own
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        own = [code for code in LANGUAGES if code in languages_of(request.user)]
        return type(form.__name__, (SomeText, form), {"own_languages": own})


class SomeText:
    """A form that asks for a name and the like in one language at least."""

    own_languages = ()

    def clean(self):
        cleaned = super().clean()
        for field in needed_texts(self._meta.model):
            self.need(field)
        return cleaned

    def need(self, field):
        open_here = [f"{field}_{code}" for code in self.own_languages if self.has(field, code)]
        if open_here and not any(self.text(field, code) for code in LANGUAGES):
            self.add_error(open_here[0], ValidationError(_("Give it in one language at least.")))

    def has(self, field, code):
        return f"{field}_{code}" in self.fields and f"{field}_{code}" not in self.errors

    def text(self, field, code):
        name = f"{field}_{code}"
        kept = getattr(self.instance, name)
        return self.cleaned_data.get(name) if name in self.fields else kept


def needed_texts(model):
    fields = translator.get_options_for_model(model).all_fields
    return [name for name in fields if not model._meta.get_field(name).blank]


class PublishingIsAPermission:
    """Who may not publish moves a record between draft and review, and plans nothing."""

    def get_readonly_fields(self, request, obj=None):
        planned = [] if self.has_publish_permission(request) else ["publish_at"]
        return [*super().get_readonly_fields(request, obj), *planned]

    def get_fieldsets(self, request, obj=None):
        """The planned moment stands beside the status on every form."""
        fieldsets = super().get_fieldsets(request, obj)
        if "publish_at" in flatten_fieldsets(fieldsets):
            return fieldsets
        (title, options), *others = fieldsets
        return [(title, options | {"fields": [*options["fields"], "publish_at"]}), *others]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        status = form.base_fields.get("editorial_status")
        if status and not self.has_publish_permission(request):
            limit(status, allowed_statuses(obj))
        return form


def allowed_statuses(record):
    """What is public or archived stays so."""
    if record is None or record.editorial_status in UNPUBLISHED:
        return UNPUBLISHED
    return (record.editorial_status,)


def limit(status, allowed):
    status.choices = [(value, label) for value, label in status.choices if value in allowed]
    status.error_messages["invalid_choice"] = _(
        "Only a publisher publishes, archives or takes off the site."
    )
