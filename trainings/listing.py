"""The list of trainings: its facets, when they are given, and the offers that fit beside them."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Actor, ExpertTheme, Language, Offer
from network.offers import FittingOffers
from places.labels import area_in_words
from search.listing.forms import ListForm
from search.listing.listing import Listing, choice_facet, choices_facet, rows_facet
from search.listing.menu import ListMenu
from search.listing.results import Results
from trainings.models import Session, Training

WHEN = ("from", "until", "on_request")


@dataclass(frozen=True)
class TrainingCard:
    training: Training

    @property
    def code(self):
        return self.training.code

    @property
    def coverage(self):
        return area_in_words(place.code for place in self.training.coverage.all())


def training_cards(codes):
    trainings = Training.objects.published().with_card_relations().filter(code__in=codes)
    return [TrainingCard(training) for training in trainings.prefetch_related("coverage")]


def training_actors():
    given = Training.objects.published()
    return Actor.objects.published().filter(trainings__in=given).distinct()


class TrainingForm(ListForm):
    """With the days between which a session begins; "on request" are those without a date."""

    single = (*ListForm.single, *WHEN)

    def __init__(self, asked, directory):
        super().__init__(asked, directory)
        self.fields["from"] = day_field()
        self.fields["until"] = day_field()
        self.fields["on_request"] = forms.ChoiceField(choices=[("1", "1")], required=False)


def day_field():
    return forms.DateField(required=False, input_formats=["%Y-%m-%d"])


class TrainingResults(Results):
    """What is past comes after the rest: the last of all, and with a place on a rung of its own."""

    @cached_property
    def chosen(self):
        return super().chosen | {"when": self.when}

    @property
    def is_narrowed(self):
        return super().is_narrowed or self.asks_when

    @property
    def asks_when(self):
        return any(self.cleaned[name] for name in WHEN)

    @property
    def when(self):
        """The trainings of the days asked for, and those on request when these are."""
        if not self.asks_when:
            return self.directory.everything
        mask = self.on_request if self.cleaned["on_request"] else 0
        if self.cleaned["from"] or self.cleaned["until"]:
            mask |= self.directory.snapshot.mask(
                code for code, day in self.coming if self.suits(day)
            )
        return mask

    def suits(self, day):
        first, last = self.cleaned["from"], self.cleaned["until"]
        return (first is None or day >= first) and (last is None or day <= last)

    @cached_property
    def coming(self):
        """(code of the training, day) of every session that is not over."""
        now = timezone.now()
        return [(code, day) for code, day, ends_at in self.directory.sessions if ends_at > now]

    @property
    def on_request(self):
        dated = self.directory.snapshot.mask(code for code, _day in self.coming)
        return self.directory.everything & ~dated & ~self.past

    @property
    def number_on_request(self):
        suitable = self.within_words & self.directory.snapshot.others("when", self.chosen)
        return (self.on_request & suitable).bit_count()

    @property
    def past(self):
        return self.directory.snapshot.masks["status"].get(Training.Status.ENDED, 0)

    def ordered(self, mask):
        past = mask & self.past
        return (
            [*super().ordered(mask & ~past), *super().ordered(past)]
            if past
            else super().ordered(mask)
        )

    @property
    def rung_masks(self):
        rungs = {rung: mask & ~self.past for rung, mask in super().rung_masks.items()}
        return rungs | {"past": self.past}


class TrainingMenu(ListMenu):
    @property
    def chips(self):
        return [*super().chips, *self.chips_of_when]

    @property
    def chips_of_when(self):
        days = {"from": _("from %(day)s"), "until": _("until %(day)s")}
        chosen = [(name, text, self.cleaned[name]) for name, text in days.items()]
        chips = [
            {"label": text % {"day": date_format(day)}, "link": self.link(**{name: None})}
            for name, text, day in chosen
            if day
        ]
        if self.cleaned["on_request"]:
            chips.append({"label": _("on request"), "link": self.link(on_request=None)})
        return chips

    @property
    def gains(self):
        gains = super().gains
        number = self.results.total_without("when") if self.results.asks_when else 0
        if number:
            link = self.link(**dict.fromkeys(WHEN))
            gains.append({"label": _("the days"), "link": link, "number": number})
        return sorted(gains, key=lambda gain: -gain["number"])


class OffersBeside(FittingOffers):
    """Offers for the same words, place and facets that are no training; none for other facets."""

    most = 5

    def __init__(self, results):
        choices = {facet: values for facet, values in results.choices.items() if values}
        super().__init__(results.cleaned, results.version, choices)
        self.trainings = results

    @cached_property
    def codes(self):
        if self.trainings.asks_when or not self.know_what_is_asked:
            return []
        as_trainings = self.trainings.directory.offers
        return [code for code in self.results.codes if code not in as_trainings]

    @property
    def know_what_is_asked(self):
        known = self.directory.values
        return all(
            set(values) <= {value for value, _label in known.get(facet, [])}
            for facet, values in self.choices.items()
        )


def offers_of_trainings():
    given = Training.objects.published().filter(offer__isnull=False)
    return set(given.values_list("offer__code", flat=True))


class TrainingListing(Listing):
    def build(self):
        found = super().build()
        found.offers = offers_of_trainings()
        sessions = Session.objects.public().filter(state=Session.State.PLANNED)
        rows = sessions.values_list("training__code", "starts_at", "ends_at")
        found.sessions = [
            (code, timezone.localdate(starts_at), ends_at) for code, starts_at, ends_at in rows
        ]
        return found


TRAININGS = TrainingListing(
    kind="training",
    url_name="training_list",
    title=gettext_lazy("Trainings"),
    template="trainings/training_list.html",
    facets=(
        choices_facet("audience", gettext_lazy("for whom"), Offer.Audience, "audiences"),
        choices_facet("form", gettext_lazy("form"), Training.Form, "forms"),
        choices_facet(
            "channel", gettext_lazy("on the spot or online"), Training.Channel, "channels"
        ),
        rows_facet(
            "training_language", gettext_lazy("language"), Language.objects.all, "languages"
        ),
        rows_facet("theme", gettext_lazy("theme"), ExpertTheme.objects.all, "themes"),
        choice_facet("cost", gettext_lazy("price"), Offer.Cost),
        choice_facet("status", gettext_lazy("status"), Training.Status),
        rows_facet("provider", gettext_lazy("given by"), training_actors, "providers"),
    ),
    records=Training.objects.published,
    cards=training_cards,
    form=TrainingForm,
    results=TrainingResults,
    menu=TrainingMenu,
    more=lambda results: {"offers": OffersBeside(results)},
)
