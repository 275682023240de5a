"""Who may do what: the roles of this release, which stand in the database as groups."""

from django import forms
from django.apps import apps as all_apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
RECORDS = (
    *("practices.practice", "network.actor", "network.offer"),
    *("guide.helpline", "network.source", "trainings.training"),
    *("guide.publication", "guide.event", "guide.recommendation", "guide.glossaryterm"),
)
BELOW = (  # on the page of a record
    *("practices.citation", "practices.practicecontact"),
    *("network.actorcitation", "network.actorcontact"),
    *("network.actorrelation", "network.membership"),
    *("network.offercitation", "network.offercontact"),
    *("trainings.trainingcitation", "trainings.trainingcontact"),
)
VOCABULARIES = (
    *("network.language", "network.sector", "guide.need"),
    *("network.networkrole", "network.experttheme", "guide.recommendationpart"),
    *("practices.taxonomy", "practices.taxonomyterm"),
)


def may(acts, models):
    names = [model.split(".") for model in models]
    return {f"{room}.{act}_{model}" for room, model in names for act in acts.split()}


SEES = may("view", (*RECORDS, *BELOW, *VOCABULARIES, "places.place"))
EDITS = SEES | may("add change", RECORDS) | may("add change delete", BELOW)
TRANSLATES = SEES | {"curation.translate"}
PUBLISHES = (
    EDITS
    | TRANSLATES
    | {f"curation.write_{code}" for code in LANGUAGES}
    | {"practices.publish_practice", "network.publish_actor", "guide.publish_helpline"}
    | {"network.publish_offer", "trainings.publish_training"}
    | {"guide.publish_publication", "guide.publish_event"}
    | {"guide.publish_recommendation", "guide.publish_glossaryterm"}
    | may("add change view", (*VOCABULARIES, "practices.situationrule", "practices.themerule"))
    | may("add change delete view", ["search.synonymgroup"])
    | may("change view", ["network.secrecyarticle"])
    | may("change view", ["guide.nativereading", "curation.suggestion", "network.networkrequest"])
    | may("view", ["practices.deadend"])
    | may("add change view", ["trainings.session"])
)
COORDINATES = {"network.coordinate_consultations"} | may(
    "add change delete view", ["network.expert", "network.publicanswer"]
)
ADVISES = {"network.answer_consultations"} | may("add change view", ["network.publicanswer"])
# Sessions of their own: trainings/session_admin. Where one is, is chosen by typing a place.
ORGANISES = may("add change view", ["trainings.session"]) | {"places.view_place"}
ROLES = {f"Editor {code}": EDITS | {f"curation.write_{code}"} for code in LANGUAGES} | {
    "Publisher": PUBLISHES,
    "Translator": TRANSLATES,
    "Coordinator": COORDINATES,
    "Expert": ADVISES,
    "Organiser": ORGANISES,
}

EDITOR = pgettext_lazy("role", "Editor")
LABELS = {
    **{
        f"Editor {code}": format_lazy("{role} ({language})", role=EDITOR, language=language)
        for code, language in settings.LANGUAGES
    },
    "Publisher": pgettext_lazy("role", "Publisher"),
    "Translator": pgettext_lazy("role", "Translator"),
    "Coordinator": pgettext_lazy("role", "Coordinator"),
    "Expert": pgettext_lazy("role", "Expert"),
    "Organiser": pgettext_lazy("role", "Organiser"),
}
HELP = _(
    "An editor writes the texts of one language and the facts, up to review. A publisher does so "
    "in all languages, publishes, and looks after the vocabularies. A translator writes texts in "
    "all languages and changes nothing else. A coordinator reads the questions to the expert "
    "platform and gives them to experts; an expert reads and answers only those. An "
    "organiser plans sessions of trainings, and sees who registered for their own. Without a "
    "role, somebody sees no records."
)


def label_of(group):
    return LABELS.get(group.name, group.name)


def fill_roles(sender, apps=all_apps, using="default", **kwargs):
    """After every `migrate`: each role is there, and may do what this release says.

    Only then do all permissions exist, on a fresh database as on an older one.
    """
    try:
        apps.get_model("curation", "Right")
    except LookupError:
        return  # migrated back to before there were roles
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    named = permissions.values_list("content_type__app_label", "codename", "pk")
    rights = {f"{room}.{codename}": pk for room, codename, pk in named}
    for name, wanted in ROLES.items():
        group, _is_new = groups.get_or_create(name=name)
        group.permissions.set([rights[right] for right in wanted if right in rights])


class RoleField(forms.ModelMultipleChoiceField):
    """The groups to tick, by the names of the roles."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        told = {"label": _("Roles"), "help_text": HELP, "required": False}
        super().__init__(Group.objects.order_by("name"), **told | options)

    def label_from_instance(self, group):
        return label_of(group)
