"""The visitor's own list: its page, side by side, and on paper. It lives in its address alone."""

from functools import wraps

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from care.sealing import BrokenSealError
from care.traces import SeeOther, without_trace
from familysupport.context import page as page_context
from familysupport.templatetags.reading import read_text
from practices.asking import CODE, KEPT, MOST_KEPT, kept_codes, open_search, seal_search, ticked
from practices.cards import cards
from practices.comparison import MOST_COMPARED, comparison
from practices.facets import directory
from practices.handout import entry, pdf, told_year, words
from practices.models import Practice
from search.analysis import LANGUAGES

MOST_LINES = 3  # on paper


@csrf_exempt  # changes nothing and sets no cookie; a POST keeps the ticks out of addresses
@without_trace
def shortlist_start(request):
    """A list begins with the first tick."""
    if request.method == "POST":
        return take(request, QueryDict(), None)
    return show(request, None, None)


def opened(view):
    """Hands in the list that a token holds; an expired one is told kindly."""

    @wraps(view)
    @without_trace
    def with_list(request, token):
        try:
            search = open_search(token)
        except BrokenSealError:
            return render(request, "shortlist/expired.html", status=404)
        if timezone.now() >= search.kept_until:
            return render(request, "shortlist/expired.html")
        return view(request, search, token)

    return with_list


@csrf_exempt
@opened
def shortlist(request, search, token):
    if request.method == "POST":
        return take(request, search.still_open, search, token)
    return show(request, search, token)


def take(request, before, search, token=None):
    """From a button, or from a code that was typed, to the list that follows."""
    typed = request.POST.get("code", "").strip()[:20]
    if typed and not is_known(typed):
        return show(request, search, token, typed)
    posted = request.POST.copy()
    if typed:
        posted.appendlist("tick", typed)
    asked = ticked(before, posted)
    if not kept_codes(asked):
        return SeeOther(reverse("shortlist_start"))
    return SeeOther(reverse("shortlist", args=[seal_search(asked.urlencode())]))


def is_known(code):
    code = code.upper()
    return bool(CODE.fullmatch(code)) and Practice.objects.published().filter(code=code).exists()


def show(request, search, token, refused=""):
    kept = search.kept if search else []
    found = cards(directory(request.data_version), kept)
    context = {
        "search": search,
        "token": token,
        "kept": kept,
        "cards": found,
        "handouts": list(handout_languages(token)) if found else [],
        "is_full": len(kept) >= MOST_KEPT,
        "most_kept": MOST_KEPT,
        "way_back": way_back(search, token),
        "refused": refused,
    }
    return render(request, "shortlist/shortlist.html", context, status=400 if refused else 200)


def way_back(search, token):
    """To the answer of the finder or to the results that the ticks come from, while they last."""
    asked = set() if search is None or search.has_expired else set(search.asked) - {KEPT}
    if not asked:
        return ""
    return reverse("finder_answer" if "relation" in asked else "sealed_list", args=[token])


@require_safe
@opened
def compare(request, search, token):
    found = kept_practices(search)
    if not found:
        raise Http404
    context = {
        "token": token,
        "practices": found[:MOST_COMPARED],
        "rows": comparison(found[:MOST_COMPARED]),
        "left_out": found[MOST_COMPARED:],
    }
    return render(request, "shortlist/compare.html", context)


@require_safe
@opened
def handout(request, search, token):
    entries = entries_of(request, search)
    context = {
        "token": token,
        "entries": entries,
        "words": words(),
        "lines": list(lines_of(request)),
        "made_on": date_format(timezone.localdate()),
        "languages": handout_languages(token),
        "mail": mail_of(entries),
    }
    return render(request, "shortlist/handout.html", context)


@require_safe
@opened
def handout_pdf(request, search, token):
    today = date_format(timezone.localdate())
    made = pdf(entries_of(request, search), list(lines_of(request)), today)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="addresses.pdf"'
    return response


def handout_languages(token):
    """The handout in each language, whatever the language of the list."""
    for language in LANGUAGES:
        with override(language):
            address = reverse("shortlist_handout", args=[token])
        yield {"code": language, "name": get_language_info(language)["name_local"], "url": address}


def entries_of(request, search):
    """Of the practices that are still published; an empty list has no handout."""
    found = kept_practices(search)
    if not found:
        raise Http404
    return [
        entry(practice, request.build_absolute_uri(reverse("short_address", args=[practice.code])))
        for practice in found
    ]


def kept_practices(search):
    published = Practice.objects.published().filter(code__in=search.kept)
    related = published.with_page_relations().prefetch_related("lead_actor__contacts__municipality")
    found = {practice.code: practice for practice in related}
    return [found[code] for code in search.kept if code in found]


def lines_of(request):
    """The first of the numbers that stand on every page, as plain values."""
    strip = page_context(request)["help_strip"]
    for line in [*strip["urgent"], *strip["lines"][:MOST_LINES]]:
        note = "" if line.is_urgent else told_year(line.year)
        yield {"number": line.number, "name": read_text(line, "name").value, "note": note}


def mail_of(entries):
    """What the handout says, as plain text for a letter that the visitor writes themselves."""
    told = [
        "\n".join(
            part
            for part in (
                each.name.value,
                each.organisation,
                *(f"{way.value} ({way.note})" for way in [*each.phones, *each.others]),
                each.address,
            )
            if part
        )
        for each in entries
    ]
    return {"subject": words()["title"], "body": "\n\n".join(told)}
