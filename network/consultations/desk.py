"""The pages of coordinators and experts: what waits, one question, and what is done with it."""

from functools import wraps

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from care.confidential import LostKeyError
from care.traces import without_trace
from network.consultations import acts
from network.consultations.forms import AnswerForm, ReasonForm
from network.consultations.gate import coordinates, may_enter, may_read
from network.consultations.models import Consultation, Expert, Viewing
from network.consultations.statistics import LEAST_SHOWN, tables
from network.consultations.suggesting import suggestions
from network.models import ExpertTheme

A_PAGE = 50
ENDED = gettext_lazy(
    "You were signed out while you wrote, so nothing was sent. Copy your text, sign in again, and "
    "put it in the form."
)
STATES = [("open", gettext_lazy("open")), *Consultation.State.choices]


def for_the_platform(view):
    """Coordinators and experts; what they may see of it, the view decides."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not may_enter(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


class QueueForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("", "–"), *settings.LANGUAGES], required=False
    )
    theme = forms.ModelChoiceField(
        ExpertTheme.objects.none(),
        label=gettext_lazy("Theme"),
        to_field_name="code",
        required=False,
        empty_label="–",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = ExpertTheme.objects.all()

    def narrowed(self, consultations):
        """The longest waiting first; a choice that does not exist chooses nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        state = chosen.get("state") or "open"
        found = consultations.open() if state == "open" else consultations.filter(state=state)
        if chosen.get("language"):
            found = found.filter(language=chosen["language"])
        if chosen.get("theme"):
            found = found.filter(themes=chosen["theme"])
        return found.with_queue_relations().oldest_first()


@for_the_platform
def consultation_queue(request):
    form = QueueForm(request.GET)
    found = form.narrowed(readable(request.user))
    context = admin.site.each_context(request) | {
        "title": _("Questions to the expert platform"),
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "is_coordinator": coordinates(request.user),
    }
    return render(request, "admin/consultations/queue.html", context)


def readable(account):
    """The questions an account may read: see `gate.may_read`."""
    if coordinates(account):
        return Consultation.objects.all()
    return Consultation.objects.filter(expert__account=account)


@for_the_platform
def consultation_desk(request, pk):
    consultation = readable_or_403(request, pk)
    return desk(request, consultation)


def readable_or_403(request, pk):
    consultation = get_object_or_404(Consultation.objects.with_queue_relations(), pk=pk)
    if not may_read(request.user, consultation):
        raise PermissionDenied
    return consultation


def desk(request, consultation, **forms_with_faults):
    """Every time it is shown, the log of the question says to whom."""
    consultation.note_view(Viewing.Way.DESK, request.user)
    context = admin.site.each_context(request) | {
        "title": _("Question %(reference)s") % {"reference": consultation},
        "consultation": consultation,
        "is_coordinator": coordinates(request.user),
        "is_own": is_own(request.user, consultation),
        "viewings": consultation.viewings.select_related("account")[:20],
        "answer": AnswerForm(),
        "reason": ReasonForm(),
        "minutes": settings.SESSION_COOKIE_AGE // 60,
        **contents(consultation),
        **forms_with_faults,
    }
    if context["is_coordinator"] and consultation.is_open:
        context["suggestions"] = suggestions(consultation)
    return render(request, "admin/consultations/desk.html", context)


def contents(consultation):
    """What was told, and every step with its words; without the key neither."""
    steps = consultation.steps.select_related("account")
    try:
        return {"told": consultation.told, "steps": [(step, step.text) for step in steps]}
    except LostKeyError:
        return {"is_locked": True, "steps": [(step, "") for step in steps]}


def is_own(account, consultation):
    return consultation.expert is not None and consultation.expert.account_id == account.pk


@for_the_platform
def consultation_statistics(request):
    if not coordinates(request.user):
        raise PermissionDenied
    context = admin.site.each_context(request) | {
        "title": _("Questions in numbers"),
        "tables": tables(),
        "least": LEAST_SHOWN,
    }
    return render(request, "admin/consultations/statistics.html", context)


# --- Acts --------------------------------------------------------------------------------------


def keeping_what_was_typed(view):
    """Whose session has ended while they wrote gets the text back, before the sign-in."""
    inside = admin.site.admin_view(view)

    def kept(request, pk):
        is_outside = not admin.site.has_permission(request)
        if request.method == "POST" and is_outside and typed_by(request):
            return unsent(request, ENDED, reverse("consultation_desk", args=[pk]))
        return inside(request, pk)

    return without_trace(kept)


def typed_by(request):
    return (request.POST.get("text") or request.POST.get("reason") or "").strip()


def unsent(request, why, address=""):
    context = {
        **admin.site.each_context(request),
        "title": _("Nothing was sent"),
        "why": why,
        "unsent": typed_by(request),
        "address": address,
    }
    return render(request, "admin/consultations/unsent.html", context, status=403)


@keeping_what_was_typed
@for_the_platform
def consultation_act(request, pk):
    """A GET comes from the sign-in, which leads back to the address of the form."""
    consultation = get_object_or_404(Consultation, pk=pk)
    if not may_read(request.user, consultation):
        return not_theirs(request)
    act = ACTS.get(request.POST.get("act"))
    if act is None:
        return back(consultation)
    if act in OF_COORDINATORS and not coordinates(request.user):
        raise PermissionDenied
    try:
        return act(request, consultation)
    except acts.WrongStateError:
        messages.error(request, _("Somebody was first: look at the question as it is now."))
        return refused(request, pk)


def not_theirs(request):
    """The question may have been given to somebody else while they wrote."""
    if not typed_by(request):
        raise PermissionDenied
    return unsent(request, _("This question is not with you, or not any more. Nothing was sent."))


def refused(request, pk):
    """The question as it is now, with what was typed."""
    now = get_object_or_404(Consultation, pk=pk)
    if not typed_by(request):
        return back(now)
    if not may_read(request.user, now):
        return not_theirs(request)
    return desk(request, now, unsent=typed_by(request))


def back(consultation):
    return redirect("consultation_desk", consultation.pk)


def accept(request, consultation):
    acts.accept(consultation, request.user)
    return back(consultation)


def assign(request, consultation):
    expert = Expert.objects.available().filter(pk=number(request.POST.get("expert"))).first()
    if expert is None:
        messages.error(request, _("Choose an expert who takes questions."))
        return back(consultation)
    seen = Expert.objects.filter(pk=number(request.POST.get("instead_of"))).first()
    acts.assign(consultation, expert, request.user, instead_of=seen)
    messages.success(request, _("Given to %(expert)s.") % {"expert": expert})
    return back(consultation)


def number(text):
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def answer(request, consultation):
    if not is_own(request.user, consultation):
        return not_theirs(request)
    form = AnswerForm(request.POST)
    if not form.is_valid() or form.asks_first:
        return desk(request, consultation, answer=form, asks_first=form.is_valid())
    acts.answer(consultation, request.user, form.cleaned_data["text"])
    messages.success(request, _("Sent: the asker gets a mail that the answer is there."))
    return back(consultation)


def ends(act):
    """Closing, declining and leading on: each with what the asker reads."""

    def ended(request, consultation):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return desk(request, consultation, reason=form)
        act(consultation, request.user, form.cleaned_data["reason"])
        messages.success(request, _("The asker gets a mail that there is news."))
        return back(consultation)

    return ended


ACTS = {
    "accept": accept,
    "assign": assign,
    "answer": answer,
    "decline": ends(acts.decline),
    "redirect": ends(acts.redirect),
    "close": ends(acts.close),
}
OF_COORDINATORS = {act for name, act in ACTS.items() if name != "answer"}
