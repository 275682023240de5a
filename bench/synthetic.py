"""Made-up practices in any number, the same every time.

They use the words, terms, languages and statuses of the content's own practices about as often as
those do, so a page of them is as long as a page of the content and only the number differs.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from django.utils import timezone

from network.models import Actor
from network.publishing import EditorialStatus
from places import gazetteer
from places.models import Place
from practices.models import Practice, Taxonomy
from search.analysis import LANGUAGES
from search.models import Word

SEED = 2018
CODES_OF_A_PREFIX = 10_000
FLATTENED_RANKS = 10  # the most frequent word of the content stands in most texts, not in all
NAME_WORDS, SUMMARY_WORDS, ACTIVITIES_WORDS = (3, 7), (18, 28), (50, 110)
LONGEST_SUMMARY = 300
MOST_TERMS_OF_A_TAXONOMY = MOST_LANGUAGES = 2
COVERED_KINDS = {"municipality": 55, "province": 10, "region": 15, "community": 12, "": 8}
SEATED, VERIFIED, LED = 0.8, 0.3, 0.7
DATED = {Practice.OperatingStatus.ENDED, Practice.OperatingStatus.RENAMED}


@dataclass(frozen=True)
class Weighted:
    """Things to draw from, some more often than others."""

    things: list
    cumulative: list

    @classmethod
    def of(cls, weights):
        return cls(list(weights), list(accumulate(weights.values())))

    def draw(self, random, number=1):
        return random.choices(self.things, cum_weights=self.cumulative, k=number)


@dataclass(frozen=True)
class Stock:
    """What the content offers to draw from; rows stand as their primary keys."""

    words: dict
    terms: list
    languages: Weighted
    statuses: Weighted
    areas: dict
    actors: list


@dataclass(frozen=True)
class Made:
    """A practice and the primary keys of the rows it is bound to."""

    practice: Practice
    terms: list
    coverage: list
    seats: list
    help_languages: list


# --- What there is to draw from ----------------------------------------------------------------


def read_stock():
    """Read before any practice is made, or they would breed."""
    return Stock(
        words={language: words_of(language) for language in LANGUAGES},
        terms=[terms_of(taxonomy) for taxonomy in Taxonomy.objects.all()],
        languages=as_often(Practice.help_languages.through, "language_id"),
        statuses=as_often(Practice, "operating_status"),
        areas={kind: areas_of(kind) for kind in COVERED_KINDS if kind},
        actors=list(Actor.objects.published().values_list("pk", flat=True)),
    )


def words_of(language):
    """Zipf-like: the weight of a word falls with its rank."""
    ranked = Word.objects.filter(language=language).order_by("-documents", "token")
    written = ranked.values_list("written", flat=True)
    return Weighted.of({word: 1 / (rank + FLATTENED_RANKS) for rank, word in enumerate(written)})


def terms_of(taxonomy):
    pairs = Practice.terms.through.objects.filter(taxonomyterm__taxonomy=taxonomy)
    return as_often(pairs, "taxonomyterm_id")


def as_often(rows, column):
    """The values of a column, each as often as it occurs."""
    rows = getattr(rows, "objects", rows)
    return Weighted.of(dict(sorted(Counter(rows.values_list(column, flat=True)).items())))


def areas_of(kind):
    """Places with more inhabitants have more help."""
    keys = dict(Place.objects.filter(kind=kind).values_list("code", "pk"))
    return Weighted.of({keys[spot.code]: spot.population for spot in gazetteer.of_kinds([kind])})


# --- One practice ------------------------------------------------------------------------------


def make(stock, number):
    """The practice of a number, the same whatever else is made."""
    random = Random(f"{SEED} {number}")
    coverage = draw_coverage(stock, random)
    return Made(
        practice=make_practice(stock, number, random),
        terms=draw_terms(stock, random),
        coverage=coverage,
        seats=stock.areas["municipality"].draw(random) if random.random() < SEATED else [],
        help_languages=some(stock.languages, MOST_LANGUAGES, random),
    )


def make_practice(stock, number, random):
    practice = Practice(
        code=code_of(number),
        editorial_status=EditorialStatus.PUBLISHED,
        published_at=timezone.now(),
        lead_actor_id=random.choice(stock.actors) if random.random() < LED else None,
        verified_on=draw_day(random) if random.random() < VERIFIED else None,
        **draw_status(stock, random),
        **draw_texts(stock, number, random),
    )
    practice.fill_sort_names()
    return practice


def code_of(number):
    """XA0001, XA0002 … XB0000 …: two capitals and four digits, as the model has them."""
    prefix = chr(ord("A") + number // CODES_OF_A_PREFIX)
    return f"X{prefix}{number % CODES_OF_A_PREFIX:04d}"


def draw_day(random):
    return date(2024, 1, 1) + timedelta(days=random.randrange(700))


def draw_status(stock, random):
    (status,) = stock.statuses.draw(random)
    return {
        "operating_status": status,
        "is_operating_status_date_unknown": status in DATED,
    }


def draw_texts(stock, number, random):
    texts = {}
    for language in LANGUAGES:
        words = stock.words[language]
        texts |= {
            f"name_{language}": sentence(words, NAME_WORDS, random),
            f"slug_{language}": f"{code_of(number).lower()}-{language}",
            f"summary_{language}": sentence(words, SUMMARY_WORDS, random)[:LONGEST_SUMMARY],
            f"activities_{language}": sentence(words, ACTIVITIES_WORDS, random),
        }
    return texts


def sentence(words, lengths, random):
    return " ".join(words.draw(random, random.randint(*lengths))).capitalize()


def draw_terms(stock, random):
    return [key for terms in stock.terms for key in some(terms, MOST_TERMS_OF_A_TAXONOMY, random)]


def draw_coverage(stock, random):
    (kind,) = random.choices(list(COVERED_KINDS), list(COVERED_KINDS.values()))
    if not kind:
        return []
    number = random.randint(1, 3) if kind == "municipality" else 1
    return unique(stock.areas[kind].draw(random, number))


def some(weighted, most, random):
    return unique(weighted.draw(random, random.randint(0, most)))


def unique(drawn):
    return list(dict.fromkeys(drawn))
