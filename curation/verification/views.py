"""The page behind the link that an organisation gets: is this still right?"""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from care.limiter import limited
from care.traces import SeeOther, without_trace
from curation.facts import facts_of
from curation.verification.forms import CorrectionForm
from curation.verification.reminders import question_of
from practices.models import Practice


@csrf_exempt  # nobody else knows the address, and mail programs open pages without cookies
@without_trace
@limited
def organisation_check(request, token):
    question = question_of(token)
    if question is None:
        return render(request, "verification/expired.html", status=404)
    practice = published(question.practice_id)
    if question.confirmed_at:
        return thanks(request, practice)
    form = CorrectionForm(correction(request), facts=facts_of(practice))
    if request.method == "POST":
        if "confirm" in request.POST:
            question.confirm()
            return SeeOther(request.path)
        if form.is_valid() and form.propose(practice, get_language()):
            return SeeOther(f"{request.path}?sent")
    if "sent" in request.GET:
        return thanks(request, practice, is_corrected=True)
    context = {"practice": practice, "form": form, "is_empty": form.is_bound and form.is_valid()}
    return render(request, "verification/organisation_check.html", context)


def correction(request):
    return request.POST if request.method == "POST" and "confirm" not in request.POST else None


def published(pk):
    """As readers see it: a link opens no draft."""
    found = Practice.objects.published().with_page_relations().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def thanks(request, practice, *, is_corrected=False):
    context = {"practice": practice, "is_corrected": is_corrected}
    return render(request, "verification/thanks.html", context)
