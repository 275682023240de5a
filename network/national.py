"""The page of the national network: what it was, who belonged to it, who works with whom."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network import picture
from network.models import Actor, ActorRelation, Membership
from network.sheet import doubt_of
from network.statements import CitedPage, Statement
from network.ties import Tie
from search.analysis import fold
from search.caching import unchanged_is_304

SAID = {
    "what": [
        Statement(
            gettext_lazy(
                "The national network Family Support was set up to share information, knowledge "
                "and practices. It was meant to link organisations from different municipalities "
                "and levels of government."
            ),
            ("S000", "S001"),
        ),
        Statement(
            gettext_lazy(
                "It was one part of the project Family Support. The project also had an expert "
                "platform, trainings, a mapping, a guide and a closing conference."
            ),
            ("S000", "S001"),
        ),
        Statement(
            gettext_lazy(
                "The project was an initiative of the Federal Public Service Home Affairs. The "
                "King Baudouin Foundation coordinated it, and the European Commission supported it."
            ),
            ("S000", "S001"),
        ),
    ],
    "categories": [
        Statement(gettext_lazy("Services of the prevention and security chain"), ("S001",)),
        Statement(gettext_lazy("Organisations that support families"), ("S000", "S001")),
    ],
    "events": [
        Statement(
            gettext_lazy("The expert platform was founded, to give the network tailored advice."),
            ("S001",),
            "2017-11-09",
        ),
        Statement(
            gettext_lazy(
                "The network met in Brussels. It heard the results of the mapping and put three "
                "themes to the expert platform."
            ),
            ("S001",),
            "2017-11-23",
        ),
        Statement(
            gettext_lazy("The mapping was published, with 37 project sheets."),
            ("NT-7", "S001"),
            "2018-03",
        ),
        Statement(
            gettext_lazy(
                "The guide was written. Catalogues give 2018 for the Dutch edition and 2019 for "
                "the edition in three languages."
            ),
            ("S001", "NT-59", "NT-6"),
            gettext_lazy("late 2018"),
        ),
    ],
    "unknown": [
        Statement(
            gettext_lazy("Who the members were, and how many: we found no list."), ("S000", "S001")
        ),
        Statement(
            gettext_lazy(
                "When the network was founded. It was active on 23 November 2017 at the latest."
            ),
            ("S001",),
        ),
        Statement(gettext_lazy("Whether the network still exists today."), ("S000", "S001")),
    ],
}
MOST_DRAWN = 80
COLUMNS = (
    Actor.Level.NATIONAL,
    Actor.Level.REGION_COMMUNITY,
    Actor.Level.SUPRALOCAL,
    Actor.Level.LOCAL,
    "",
)


@unchanged_is_304
def network(request):
    actors = list(Actor.objects.published())
    members, relations = list(members_of(actors)), list(relations_of(actors))
    shown = drawn(actors, relations)
    page = CitedPage(SAID, [row.source for row in [*members, *relations]])
    context = {
        "page": page,
        "members": [(row, page.numbered.reference(row.source)) for row in members],
        "drawing": drawing_of(shown, relations),
        "is_whole": len(shown) == len(actors),
        "ties": [Tie.stated(row, page.numbered) for row in relations],
    }
    return render(request, "network/network.html", context)


def members_of(actors):
    shown = Membership.objects.filter(actor__in=actors)
    return shown.select_related("actor", "source")


def relations_of(actors):
    shown = ActorRelation.objects.filter(actor__in=actors, other__in=actors)
    return shown.select_related("actor", "other", "source").order_by("actor__code", "kind", "pk")


def drawn(actors, relations):
    """All, or those with a relation when all would make the page heavy."""
    if len(actors) <= MOST_DRAWN:
        return actors
    tied = {code for row in relations for code in (row.actor.code, row.other.code)}
    return [actor for actor in actors if actor.code in tied]


def drawing_of(actors, relations):
    """Each in the column of its level, with a line for each relation."""
    ordered = sorted(actors, key=lambda actor: fold(str(actor)))
    columns = []
    for level in COLUMNS:
        members = [actor for actor in ordered if actor.level == level]
        heading = Actor.Level(level).label if level else _("level not stated")
        boxes = [(one.code, str(one), one.get_absolute_url()) for one in members]
        columns.append((heading, boxes))
    pairs = [pair_of(row) for row in relations]
    shown = [column for column in columns if column[1]]
    return picture.columns(shown, pairs, doubtful_pairs(relations))


def doubtful_pairs(relations):
    """Of which no relation is stated for certain."""
    certain = {pair_of(row) for row in relations if not doubt_of(row)}
    return {pair_of(row) for row in relations} - certain


def pair_of(relation):
    return relation.actor.code, relation.other.code
