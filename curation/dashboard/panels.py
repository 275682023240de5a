"""What needs somebody today: one panel a kind of work, for who may do it.

A room that brings work of its own adds a function to `PANELS`.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from curation.dashboard.completeness import by_completeness
from curation.history.admin import address_of
from curation.models import Suggestion, WorkingCopy
from curation.publishing import PUBLISHABLE, may_publish
from network.consultations.desk import readable
from network.consultations.gate import coordinates, may_enter
from network.models import Consultation, NetworkRequest
from network.publishing import EditorialStatus
from network.translations import LANGUAGES, behind
from practices.admin import month_told, province_told, situation_told
from practices.models import DeadEnd, Practice

MOST_LINES = 6


@dataclass(frozen=True)
class Line:
    text: str
    address: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Panel:
    """`number` is what waits in all; `more` leads to the whole list."""

    title: str
    number: int
    lines: list = field(default_factory=list)
    more: str = ""


def panels_for(request):
    """Those with something to do first; what a person may not do is not shown."""
    shown = [panel for make in PANELS if (panel := make(request))]
    return sorted(shown, key=lambda panel: not panel.number)


def may_change(request, model):
    options = model._meta
    return request.user.has_perm(f"{options.app_label}.change_{options.model_name}")


def to_review(request):
    models = [model for model in PUBLISHABLE if may_publish(request.user, model)]
    if not models:
        return None
    records = [
        record
        for model in models
        for record in model.objects.filter(editorial_status=EditorialStatus.IN_REVIEW)
    ]
    lines = [Line(str(r), address_of(type(r), "change", r.pk)) for r in records]
    if Practice in models:
        lines += [copy_line(copy) for copy in copies(state=WorkingCopy.State.IN_REVIEW)]
    return Panel(_("To review and publish"), len(lines), lines[:MOST_LINES])


def copies(**condition):
    return WorkingCopy.objects.of_published().filter(**condition)


def copy_line(copy):
    address = address_of(Practice, "copy_review", copy.practice_id)
    return Line(_("Working copy of %(record)s") % {"record": copy.practice}, address)


def own_copies(request):
    if not may_change(request, Practice):
        return None
    lines = [copy_line(copy) for copy in copies(author=request.user)]
    return Panel(_("My working copies"), len(lines), lines[:MOST_LINES])


def may_translate(request, model):
    return request.user.has_perm("curation.translate") or may_change(request, model)


def translations(request):
    models = [model for model in PUBLISHABLE if may_translate(request, model)]
    if not models:
        return None
    names, address = dict(settings.LANGUAGES), reverse("translation_list")
    numbers = numbers_behind(models)
    lines = [Line(str(names[code]), address, numbers[code]) for code in LANGUAGES]
    return Panel(_("To translate"), sum(line.number for line in lines), lines, address)


def numbers_behind(models):
    """Language → records, with one question for each model."""
    numbers = Counter()
    for model in models:
        alive = model.objects.exclude(editorial_status=EditorialStatus.ARCHIVED)
        counted = {code: Count("pk", filter=behind(model, code)) for code in LANGUAGES}
        numbers.update(alive.aggregate(**counted))
    return numbers


def to_verify(request):
    if not may_change(request, Practice):
        return None
    due = Practice.objects.published().anything_due(localdate()).order_by("verified_on", "code")
    lines = [
        Line(str(one), reverse("admin:practices_practice_verification", args=[one.pk]))
        for one in due[:MOST_LINES]
    ]
    return Panel(_("To check again"), due.count(), lines)


def suggestions(request):
    if not request.user.has_perm("curation.change_suggestion"):
        return None
    new = Suggestion.objects.filter(state=Suggestion.State.NEW).select_related("practice", "actor")
    lines = [
        Line(str(one.practice or one.actor), address_of(Suggestion, "change", one.pk))
        for one in new[:MOST_LINES]
    ]
    more = f"{address_of(Suggestion, 'changelist')}?state__exact={Suggestion.State.NEW}"
    return Panel(_("Suggestions of readers"), new.count(), lines, more if lines else "")


def network_requests(request):
    if not request.user.has_perm("network.change_networkrequest"):
        return None
    new = NetworkRequest.objects.waiting()
    lines = [
        Line(str(one), address_of(NetworkRequest, "change", one.pk)) for one in new[:MOST_LINES]
    ]
    more = f"{address_of(NetworkRequest, 'changelist')}?state__exact={NetworkRequest.State.NEW}"
    return Panel(_("Requests to the network"), new.count(), lines, more if lines else "")


def duplicates(request):
    if not request.user.has_perm("practices.view_practice"):
        return None
    return Panel(_("Records that look alike"), 0, [], address_of(Practice, "duplicates"))


def emptiest(request):
    if not may_change(request, Practice):
        return None
    described = Practice.objects.published().filter(is_title_only=False)
    found = by_completeness(described)[:MOST_LINES]
    lines = [
        Line(str(one), address_of(Practice, "change", one.pk), one.number_known) for one in found
    ]
    return Panel(_("Records that say least"), 0, lines, reverse("completeness"))


def dead_ends(request):
    if not request.user.has_perm("practices.view_deadend"):
        return None
    shown = DeadEnd.objects.shown().order_by("-month", "-number")[:MOST_LINES]
    lines = [Line(dead_end_told(group), number=group.number) for group in shown]
    more = reverse("admin:practices_deadend_changelist")
    return Panel(_("Families found nothing that fits"), 0, lines, more)


def dead_end_told(group):
    where = situation_told(group.situation), province_told(group.province)
    return " · ".join(map(str, (month_told(group.month), *where)))


def questions(request):
    """To the expert platform: what a coordinator has to move on, or an expert to answer."""
    if not may_enter(request.user):
        return None
    waiting = waiting_questions(request.user)
    shown = waiting.oldest_first()[:MOST_LINES]
    lines = [Line(question_told(one), reverse("consultation_desk", args=[one.pk])) for one in shown]
    return Panel(
        _("Questions to the expert platform"), waiting.count(), lines, reverse("consultation_queue")
    )


def waiting_questions(account):
    if coordinates(account):
        return Consultation.objects.for_coordinators()
    return readable(account).filter(state=Consultation.State.ASSIGNED)


def question_told(question):
    parts = (question, question.get_state_display(), question.get_urgency_display())
    return " · ".join(map(str, parts))


def coverage_gaps(request):
    if not may_change(request, Practice):
        return None
    return Panel(_("Where nobody helps"), 0, [], reverse("coverage_gaps"))


PANELS = [
    questions,
    to_review,
    suggestions,
    network_requests,
    to_verify,
    own_copies,
    translations,
    dead_ends,
    emptiest,
    coverage_gaps,
    duplicates,
]
