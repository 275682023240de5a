from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from care.faults import without_database
from familysupport.context import language_links
from guide.call_page import remembered_readings, sections
from guide.call_texts import call_text
from guide.forms import HelpLineChoice
from guide.line_groups import by_need, fitting
from guide.strip import lines_for
from search.analysis import LANGUAGES
from search.caching import unchanged_is_304


def help_lines_known_last(request):
    return help_line_page(request, lines_for(request))


@without_database(help_lines_known_last)
@unchanged_is_304
def help_line_list(request):
    return help_line_page(request, lines_for(request))


def help_line_page(request, lines):
    """All lines, or those that fit; without a query, so that it stands when nothing else does."""
    form = HelpLineChoice(request.GET, lines)
    asked = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "urgent": [line for line in lines if line.is_urgent],
        "asked": asked,
        **chosen([line for line in lines if not line.is_urgent], **asked),
        "language_links": language_links(request, addresses(asked)),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "guide/help_line_list.html", context, status=status)


def chosen(lines, need="", language=""):
    speaking, untold = fitting(lines, need, language)
    return {
        "groups": by_need(for_families(speaking), need),
        "untold": for_families(untold),
        "colleagues": [line for line in [*speaking, *untold] if line.is_for_professionals],
    }


def for_families(lines):
    return [line for line in lines if not line.is_for_professionals]


def addresses(asked):
    """The same choice in every language of the site."""
    query = urlencode([(name, value) for name, value in asked.items() if value])
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = reverse("help_line_list") + (f"?{query}" if query else "")
    return found


def whom_to_call_known_last(request):
    """Whether a native speaker has read it is not known now."""
    return call_page(request, request.resolver_match.kwargs["language"], is_read=False)


@without_database(whom_to_call_known_last)
@unchanged_is_304
def whom_to_call(request, language):
    is_read = language in remembered_readings(request.data_version)
    return call_page(request, language, is_read)


def call_page(request, language, is_read):
    """One page in a language the site itself does not speak, with its own words around it."""
    words = call_text(language)
    context = {
        "words": words,
        "page_language": language,
        "page_direction": words["direction"],
        "is_read": is_read,
        **sections(lines_for(request), language),
    }
    with override("en"):
        context["language_links"] = language_links(request, addresses({}))
        response = render(request, "guide/whom_to_call.html", context)
    response.headers["Content-Language"] = language
    return response
