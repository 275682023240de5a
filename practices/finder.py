"""The finder: three short questions, and the practices that a curated rule looks for."""

from collections import Counter
from functools import cached_property

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.ladder import SERVING
from practices.asking import KEPT, kept_codes, ticked
from practices.cards import Depth
from practices.filters import PracticeFilterSet
from practices.models import Practice, Situation, SituationRule
from practices.results import Results

ENOUGH = 3  # practices that serve the place; with fewer, one demand of the rule is dropped
MOST_SHOWN = 5
GROUP = "target_group"  # the demand that is dropped last


class Relation(models.TextChoices):
    PARENT = "parent", _("I am a parent")
    SIBLING = "sibling", _("I am a brother or sister")
    GRANDPARENT = "grandparent", _("I am a grandparent")
    PARTNER = "partner", _("I am a partner")
    RELATIVE = "relative", _("I am other family or a friend")
    OTHER = "other", _("I am someone else")


GROUPS = {
    Relation.PARENT: ("parents", "mothers", "fathers"),
    Relation.SIBLING: ("siblings",),
    Relation.GRANDPARENT: ("grandparents",),
    Relation.PARTNER: ("relatives",),
    Relation.RELATIVE: ("relatives",),
}


class FinderForm(forms.Form):
    """All answers so far; every one may be skipped."""

    situation = forms.ChoiceField(choices=Situation, required=False)
    relation = forms.ChoiceField(choices=Relation, required=False)
    place = forms.CharField(max_length=100, required=False)
    help_language = forms.CharField(max_length=10, required=False)


QUESTIONS = ("situation", "relation", "place")
ANSWERS = tuple(FinderForm.base_fields)
TOLD = "told"  # that nothing fitted these answers: the tap then stands there no more


def answers_now(posted, before) -> QueryDict:
    """The answers `before`, with those of a form or of one button."""
    changes = QueryDict(posted.get("change", ""))
    answers = ticked(before, posted)
    for sent in (changes, posted):
        for name in sent.keys() & set(ANSWERS):
            answers[name] = sent.get(name, "").strip()
    if any(answers.get(name) != before.get(name) for name in QUESTIONS):
        answers.pop(TOLD, None)
    return answers


def known_answers(answers) -> dict:
    found = {name: answers.get(name, "") for name in (*ANSWERS, TOLD) if name in answers}
    return found | {KEPT: kept_codes(answers)}


def first_open(answers) -> int | None:
    """The number of the first question that was neither answered nor skipped."""
    left = [number for number, name in enumerate(QUESTIONS, start=1) if name not in answers]
    return left[0] if left else None


class Finding:
    """What three answers find in a directory, by the rule of the situation or by other terms."""

    def __init__(self, answers, directory, version=None, terms=None):
        self.answers, self.directory, self.version = answers, directory, version
        self.terms = terms

    @cached_property
    def help_language(self):
        """The language somebody wants to speak: that of the page, until another is chosen."""
        asked = self.answers.get("help_language")
        return asked if asked in self.spoken else get_language()

    @cached_property
    def spoken(self):
        """Code → name of the languages that help may be given in."""
        return {one.code: one.names[get_language()] or one.code for one in self.directory.languages}

    @property
    def help_language_name(self):
        return self.spoken.get(self.help_language, "")

    @cached_property
    def own_groups(self):
        return self.directory.of_today(GROUP, GROUPS.get(self.answers.get("relation"), ()))

    @cached_property
    def looked_for(self):
        """Taxonomy → codes of the rule, the groups of the visitor among the groups."""
        found = self.of_the_rule if self.terms is None else dict(self.terms)
        if GROUP in found:
            found[GROUP] = found[GROUP] | self.own_groups & self.known_groups
        return dict(sorted(found.items(), key=lambda item: item[0] != GROUP))

    @property
    def of_the_rule(self):
        rule = SituationRule.objects.for_situation(self.answers.get("situation"))
        return rule.terms.all().codes_by_taxonomy() if rule else {}

    @property
    def known_groups(self):
        return set(self.directory.snapshot.masks.get(GROUP, {}))

    @cached_property
    def fits(self):
        """Code → how many of the terms looked for it carries; the visitor's own group twice."""
        own = {GROUP: self.own_groups}
        counted = Counter()
        for terms in (self.looked_for, own):
            for taxonomy, codes in terms.items():
                self.count(counted, taxonomy, codes)
        return counted

    def count(self, counted, taxonomy, codes):
        masks = self.directory.snapshot.masks.get(taxonomy, {})
        for code in codes:
            counted.update(self.directory.snapshot.keys_in(masks.get(code, 0), self.directory.keys))

    @cached_property
    def results(self):
        """The demands of the rule, one less until enough is found."""
        demands = list(self.looked_for.items())
        while True:
            results = self.results_of(demands)
            if not demands or results.number_serving >= ENOUGH:
                return results
            demands.pop()

    def results_of(self, demands):
        filterset = PracticeFilterSet(self.asked(demands), self.directory)
        filterset.form.is_valid()
        return FinderResults(filterset, self.version, self.fits, self.help_language)

    def asked(self, demands):
        asked = QueryDict(mutable=True)
        asked["place"] = self.answers.get("place", "")
        ended = Practice.OperatingStatus.ENDED
        asked.setlist("status", [s for s in Practice.OperatingStatus.values if s != ended])
        for taxonomy, codes in demands:
            asked.setlist(taxonomy, sorted(codes))
        return asked

    @property
    def is_widened(self):
        return any(name not in self.results.filterset.data for name in self.looked_for)

    @property
    def groups(self):
        return self.results.groups(self.results.codes[:MOST_SHOWN])

    @property
    def has_more(self):
        return len(self.results.codes) > MOST_SHOWN

    @property
    def filters(self):
        """(name, value) of everything the whole list is asked for."""
        asked = self.results.filterset.data
        return [(name, value) for name in asked for value in asked.getlist(name) if value]


class FinderResults(Results):
    """A list in which the language wanted comes first, then what fits more of the rule."""

    depth = Depth.FAMILY

    def __init__(self, filterset, version, fits, help_language):
        super().__init__(filterset, version)
        self.fits, self.help_language = fits, help_language

    @property
    def number_serving(self):
        """How many say what they offer, and serve the place if one is told."""
        told = self.mask & ~self.directory.title_only
        if not self.ladder:
            return told.bit_count()
        return sum((self.ladder.masks[rung] & told).bit_count() for rung in SERVING)

    @property
    def rung_masks(self):
        """Those of which only the name is known stand together, after all that say more."""
        bare = self.directory.title_only
        told = {rung: mask & ~bare for rung, mask in super().rung_masks.items()}
        return told | {"name_only": self.ladder.everything & bare}

    def ordered(self, mask):
        codes = super().ordered(mask)
        return sorted(codes, key=lambda code: (*self.foremost(code), -self.fits[code]))

    def foremost(self, code):
        return (*super().foremost(code), self.language_rank(code))

    def language_rank(self, code):
        """Who speaks the language wanted, then who says nothing of languages, then the others."""
        spoken = self.directory.spoken(code)
        if self.help_language in spoken:
            return 0
        return 2 if spoken else 1

    @property
    def speak_wanted(self):
        """Whether the language wanted is stated of any of them."""
        known = self.directory.snapshot.masks.get("help_language", {})
        return bool(self.mask & known.get(self.help_language, 0))

    def preference(self, code):
        return (-self.fits[code], *super().preference(code))
