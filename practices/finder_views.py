"""The pages of the finder: a question each, then the answer."""

from functools import wraps

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from care.middleware import repeats_too_much
from care.sealing import BrokenSealError
from care.traces import SeeOther, keep_no_trace, without_trace
from practices import dead_ends
from practices.asking import open_search, seal_search
from practices.facets import directory
from practices.finder import (
    QUESTIONS,
    TOLD,
    FinderForm,
    Finding,
    answers_now,
    first_open,
    known_answers,
)
from practices.menu import Menu
from search.analysis import LANGUAGES
from search.caching import unchanged_is_304


@csrf_exempt  # changes nothing and sets no cookie; a POST keeps what is typed out of addresses
@unchanged_is_304
def finder(request):
    if request.method == "POST":
        return keep_no_trace(take(request, QueryDict(), 1))
    return ask(request, QueryDict(), 1)


def opened(view):
    """Hands in the search that a token holds; what has expired leads to a fresh start."""

    @wraps(view)
    def with_search(request, token, **kwargs):
        try:
            search = open_search(token)
        except BrokenSealError:
            return render(request, "finder/expired.html", status=404)
        if search.has_expired:
            return render(request, "finder/expired.html", {"kept": search.kept, "token": token})
        return view(request, search, token, **kwargs)

    return with_search


@csrf_exempt
@without_trace
@opened
def finder_step(request, search, token, number):
    if number not in range(1, len(QUESTIONS) + 1):
        raise Http404
    if request.method == "POST":
        return take(request, search.asked, number, search)
    return ask(request, search.asked, number, search)


@csrf_exempt
@without_trace
@opened
def finder_answer(request, search, token):
    if request.method == "POST":
        return take(request, search.asked, None, search)
    form = FinderForm(search.asked)
    if not form.is_valid():
        return ask(request, search.asked, 1, search, form)
    finding = Finding(form.cleaned_data, directory(request.data_version), request.data_version)
    context = {
        "sealed": search,
        "kept": search.kept,
        "finding": finding,
        "results": finding.results,
        "menu": Menu(finding.results, None),
        "asked": form.cleaned_data,
        "changes": changes(form, token),
        "token": token,
        "has_told": TOLD in search.asked,
    }
    request.help_language = finding.help_language  # the help lines on the page are those of it
    return render(request, "finder/answer.html", context)


@csrf_exempt  # the one form of readers that stores something: a number, nothing of who sends it
@without_trace
@require_POST
@opened
def nothing_fits(request, search, token):
    form = FinderForm(search.asked)
    if not form.is_valid():
        return ask(request, search.asked, 1, search, form)
    if TOLD not in search.asked:
        dead_ends.count(form.cleaned_data["situation"], form.cleaned_data["place"])
    answers = search.asked.copy()
    answers[TOLD] = "1"
    return SeeOther(address_of(None, seal_answers(answers)) + "#thanks")


def changes(form, token):
    """Each question with its answer and the way back to it."""
    for number, name in enumerate(QUESTIONS, start=1):
        value = form.cleaned_data[name]
        labels = dict(getattr(form.fields[name], "choices", []))
        address = reverse("finder_step", kwargs={"number": number, "token": token})
        yield {"name": name, "answer": labels.get(value, value) if value else "", "url": address}


def ask(request, answers, number, sealed=None, form=None):
    """The page of one question; with a form that was refused, its reasons."""
    name = QUESTIONS[number - 1]
    refused = form is not None
    form = form or FinderForm(answers)
    context = {
        "sealed": sealed,
        "number": number,
        "total": len(QUESTIONS),
        "name": name,
        "choices": getattr(form.fields[name], "choices", []),
        "value": answers.get(name, ""),
        "is_refused": refused,
    }
    return render(request, "finder/question.html", context, status=400 if refused else 200)


def take(request, before, number, sealed=None):
    """From an answer to the next question, or to the same page in another language."""
    if repeats_too_much(request.POST):
        raise SuspiciousOperation("one name again and again")
    answers = answers_now(request.POST, before)
    chosen = request.POST.get("language")
    if chosen not in LANGUAGES and number:
        answers.setdefault(QUESTIONS[number - 1], "")
    form = FinderForm(answers)
    if not form.is_valid():
        return ask(request, answers, number or len(QUESTIONS), sealed, form)
    following = number if chosen in LANGUAGES else first_open(answers)
    with override(chosen if chosen in LANGUAGES else get_language()):
        return SeeOther(address_of(following, seal_answers(answers)))


def seal_answers(answers):
    return seal_search(urlencode(known_answers(answers), doseq=True))


def address_of(number, token):
    if number is None:
        return reverse("finder_answer", kwargs={"token": token})
    return reverse("finder_step", kwargs={"number": number, "token": token})
