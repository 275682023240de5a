"""The page on which a reader says what is wrong with a record."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language

from care.limiter import limited
from care.traces import SeeOther, without_trace
from curation.facts import facts_of
from curation.suggestions.forms import SuggestionForm
from network.models import Actor
from practices.models import Practice


@without_trace
@limited
def suggest_about_practice(request, code):
    published = Practice.objects.published().with_page_relations()
    return suggest(request, practice=get_object_or_404(published, code=code))


@without_trace
@limited
def suggest_about_actor(request, code):
    published = Actor.objects.published().with_page_relations()
    return suggest(request, actor=get_object_or_404(published, code=code))


def suggest(request, **about):
    (record,) = about.values()
    form = SuggestionForm(request.POST or None, facts=facts_of(record))
    if request.method == "POST" and (form.is_trapped or form.is_valid()):
        if not form.is_trapped:
            form.save(get_language(), **about)
        return SeeOther(reverse("suggestion_thanks"))
    return render(request, "suggestions/suggest.html", {"record": record, "form": form})


@without_trace
def suggestion_thanks(request):
    return render(request, "suggestions/thanks.html")
