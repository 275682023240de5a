"""The pages of somebody who asks the platform a question and follows it by a link."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from care.confidential import LostKeyError
from care.limiter import limited
from care.traces import SeeOther, without_trace
from network.consultations import acts
from network.consultations.forms import AskForm, ReplyForm
from network.consultations.gate import takes_questions
from network.consultations.models import Consultation, Viewing
from network.models import SecrecyArticle
from search.caching import unchanged_is_304


@without_trace
@limited
def consultation_ask(request):
    if not takes_questions():
        return render(request, "consultations/closed.html")
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_trapped:
        return SeeOther(reverse("expert_platform"))
    if request.method == "POST" and form.is_valid() and not form.asks_first:
        _consultation, token = acts.ask(**form.for_the_platform())
        return SeeOther(f"{reverse('consultation', args=[token])}?new")
    return render(request, "consultations/ask.html", {"form": form, "asks_first": asks_first(form)})


def asks_first(form):
    return form.is_bound and form.is_valid() and form.asks_first


@csrf_exempt  # nobody else knows the address, and no cookie is needed to follow a question
@without_trace
@limited
def consultation(request, token):
    found = Consultation.objects.of_link(token)
    if found is None:
        return render(request, "consultations/gone.html", status=404)
    form = ReplyForm(request.POST if "text" in request.POST else None)
    if request.method == "POST" and (done := answered(request, found, form)):
        return done
    return show(request, found, form)


def answered(request, consultation, form):
    """What a button of the page did; None when the page is to be shown with what was typed."""
    try:
        if "close" in request.POST:
            acts.close_as_asker(consultation)
        elif form.is_bound and form.is_trapped:
            pass
        elif form.is_bound and form.is_valid() and not form.asks_first:
            acts.reply(consultation, form.cleaned_data["text"])
        else:
            return None
    except acts.WrongStateError:
        return moved_on(request, consultation)
    return SeeOther(request.path)


def moved_on(request, consultation):
    """The question as it is now, with the reply that came too late."""
    now = Consultation.objects.get(pk=consultation.pk)
    return show(request, now, ReplyForm(), unsent=request.POST.get("text", ""), has_moved=True)


def show(request, consultation, form, **more):
    try:
        told = consultation.told
        steps = [(step, step.text) for step in steps_for_asker(consultation)]
    except LostKeyError:
        return render(request, "consultations/gone.html", {"is_locked": True}, status=404)
    consultation.note_view(Viewing.Way.LINK)
    context = {
        "consultation": consultation,
        "told": told,
        "steps": steps,
        "form": form,
        "asks_first": asks_first(form),
        "may_reply": consultation.state == Consultation.State.ANSWERED,
        "is_new": "new" in request.GET,
        **more,
    }
    return render(request, "consultations/consultation.html", context)


def steps_for_asker(consultation):
    return consultation.steps.exclude(kind="reminded")


@unchanged_is_304
def professional_secrecy(request):
    article = SecrecyArticle.objects.filter(pk=1).first()
    return render(request, "consultations/professional_secrecy.html", {"article": article})
