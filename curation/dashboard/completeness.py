"""Which facts a family needs, and how many of them a record has."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, When

from network.translations import LANGUAGES
from practices.models import Practice

TEXTS = ("for_whom", "first_contact", "activities", "waiting")
CHOICES = ("cost", "anonymity", "access")
RELATIONS = ("coverage", "seats", "help_languages", "contacts")
WANTED = (*TEXTS, *CHOICES, "lead_actor", "operating_status", *RELATIONS)


@dataclass(frozen=True)
class Completeness:
    practice: Practice
    missing: list

    @property
    def number(self):
        return len(WANTED) - len(self.missing)

    @property
    def most(self):
        return len(WANTED)


def by_completeness(practices):
    """The emptiest first; `number_known` counts the facts of `WANTED`."""
    known = sum((one_if(condition(name)) for name in WANTED[1:]), one_if(condition(WANTED[0])))
    return practices.annotate(number_known=known).order_by("number_known", "code")


def condition(name):
    if name in TEXTS:
        return reduce(or_, (Q(**{f"{name}_{language}__gt": ""}) for language in LANGUAGES))
    if name in CHOICES:
        return Q(**{f"{name}__gt": ""})
    if name == "operating_status":
        return ~Q(operating_status=Practice.OperatingStatus.UNKNOWN)
    if name == "lead_actor":
        return Q(lead_actor__isnull=False)
    return Exists(Practice.objects.filter(relation_condition(name), pk=OuterRef("pk")))


def relation_condition(name):
    own = Q(**{f"{name}__isnull": False})
    return own | Q(lead_actor__contacts__isnull=False) if name == "contacts" else own


def one_if(known):
    """As a number that SQL can add."""
    return Case(When(known, then=1), default=0, output_field=IntegerField())


def missing_facts(practice):
    """Names of what is not known, for a record with its relations at hand."""
    return [Practice._meta.get_field(name) for name in WANTED if not has(practice, name)]


def has(practice, name):
    if name in TEXTS:
        return any(getattr(practice, f"{name}_{language}") for language in LANGUAGES)
    if name == "contacts" and practice.lead_actor:
        return bool(practice.contacts.all() or practice.lead_actor.contacts.all())
    if name in RELATIONS:
        return bool(getattr(practice, name).all())
    if name == "operating_status":
        return practice.operating_status != Practice.OperatingStatus.UNKNOWN
    return bool(getattr(practice, name))


def completeness(practices):
    related = practices.select_related("lead_actor").prefetch_related(
        *RELATIONS, "lead_actor__contacts"
    )
    return [Completeness(practice, missing_facts(practice)) for practice in related]
