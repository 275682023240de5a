from django.core.exceptions import SuspiciousOperation
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from care.faults import without_database
from care.middleware import repeats_too_much
from care.sealing import BrokenSealError
from care.traces import SeeOther, keep_no_trace, without_trace
from familysupport.context import language_links
from practices.asking import KEPT, asked_now, kept_codes, open_search, seal_search
from practices.cards import Depth
from practices.facets import directory
from practices.filters import PracticeFilterSet, Sort, View
from practices.fitting_offers import fitting_offers
from practices.menu import Menu
from practices.models import FormerAddress, Practice
from practices.results import Results
from practices.sheet import Sheet
from practices.suggestions import suggestions
from search.also import also_found
from search.analysis import LANGUAGES
from search.caching import unchanged_is_304
from search.listing.pages import PAGE_SIZE, page_of

FULL_PAGE_SIZE = 10  # full cards weigh twice as much on an old telephone


@csrf_exempt  # changes nothing and sets no cookie; a POST keeps what is typed out of addresses
@unchanged_is_304
def practice_list(request):
    """The list by a readable address; its forms lead to a sealed one."""
    if request.method == "POST":
        return keep_no_trace(to_the_answer(request, request.GET))
    response = show_list(request, request.GET)
    return keep_no_trace(response) if request.GET else response


@csrf_exempt
@without_trace
def sealed_list(request, token):
    try:
        search = open_search(token)
    except BrokenSealError:
        return render(request, "practices/expired.html", status=404)
    if search.has_expired:
        context = {"kept": search.kept, "token": token}
        return render(request, "practices/expired.html", context)
    if request.method == "POST":
        return to_the_answer(request, search.asked)
    return show_list(request, search.asked, search, token)


def to_the_answer(request, before):
    """From a form to the address of its list, in the language asked for."""
    asked = asked_now(request.POST, before)
    if repeats_too_much(asked):
        raise SuspiciousOperation("one name again and again")
    filterset = PracticeFilterSet(asked, directory(request.data_version))
    if not filterset.form.is_valid():
        return refuse(request, filterset)
    query = known_query(asked, filterset)
    chosen = request.POST.get("language")
    with override(chosen if chosen in LANGUAGES else get_language()):
        if "readable" in request.POST:
            return SeeOther(readable_address(query))
        return SeeOther(sealed_address(query, kept_codes(asked)))


def readable_address(query):
    return reverse("practice_list") + (f"?{query}" if query else "")


def sealed_address(query, kept):
    """Where a search and the visitor's own list are shown; the plain list without either."""
    parts = [part for part in (query, urlencode({KEPT: kept}, doseq=True)) if part]
    if not parts:
        return reverse("practice_list")
    return reverse("sealed_list", args=[seal_search("&".join(parts))])


def refuse(request, filterset, **context):
    context = {"form": filterset.form, "typed": filterset.data, **context}
    return render(request, "practices/refused.html", context, status=400)


def show_list(request, asked, sealed=None, token=None):
    filterset = PracticeFilterSet(asked, directory(request.data_version))
    query = known_query(asked, filterset)
    links = language_links(request, list_addresses(f"?{query}" if query else ""))
    if not filterset.form.is_valid():
        return refuse(request, filterset, language_links=links)
    results = Results(filterset, request.data_version)
    size = FULL_PAGE_SIZE if results.depth == Depth.FULL else PAGE_SIZE
    page = page_of(results.codes, asked.get("page"), size)
    offers = fitting_offers(results, request.data_version)
    context = {
        "filterset": filterset,
        "asked": filterset.form.cleaned_data,
        "results": results,
        "menu": Menu(results, page),
        "page": page,
        "groups": results.groups(page.object_list),
        "offers": offers,
        "also_found": also_found(results, request.data_version, offers.shown),
        "sorts": Sort.choices,
        "views": View.choices,
        "language_links": links,
        "sealed": sealed,
        "token": token,
        "kept": sealed.kept if sealed else [],
        "is_readable_search": bool(query) and not sealed,
    }
    return render(request, "practices/practice_list.html", context)


def known_query(asked, filterset):
    """What was asked under known names, as a query."""
    known = [*filterset.filters, "page"]
    pairs = [(name, value.strip()) for name in known for value in asked.getlist(name)]
    return urlencode([(name, value) for name, value in pairs if value])


def no_suggestions(request):
    return JsonResponse({"suggestions": []}, status=503)


@without_database(no_suggestions)
@csrf_exempt  # changes nothing and sets no cookie; a POST keeps what is typed out of addresses
@cache_control(no_store=True)
@require_POST
def suggest(request):
    text, box = request.POST.get("text", ""), request.POST.get("box", "words")
    return JsonResponse({"suggestions": suggestions(text, box, request.data_version)})


def list_addresses(query):
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = reverse("practice_list") + query
    return found


@unchanged_is_304
def practice_detail(request, slug):
    published = Practice.objects.published()
    practice = published.with_page_relations().filter(**{f"slug_{get_language()}": slug}).first()
    if practice is None:
        # An address with the slug of another language, or of the text that is read instead.
        practice = published.with_any_slug(slug).with_page_relations().first()
        if practice is None:
            return where_it_went(request, slug)
        if practice.get_absolute_url() != request.path:
            return redirect(practice)
    return show_practice(request, practice, addresses(practice))


def show_practice(request, practice, in_languages, **more):
    """`in_languages`: the address of the same page in each language."""
    context = {
        "practice": practice,
        "sheet": Sheet(practice),
        "language_links": language_links(request, in_languages),
    }
    return render(request, "practices/practice_detail.html", context | more)


def where_it_went(request, slug):
    """What was merged leads to the other practice for good; what was archived says so."""
    winner = FormerAddress.objects.practice_of_slug(slug, Practice.objects.published())
    return redirect(winner, permanent=True) if winner else archived(request, slug)


def archived(request, slug):
    """A practice that readers have seen leaves a page that says where to go.

    The other languages keep the address that was asked for: theirs would tell its name.
    """
    once = Practice.objects.once_published()
    gone = once.with_any_slug(slug).first() or once.filter(code=slug.upper()).first()
    if gone is None:
        raise Http404
    successor = gone.successor if gone.successor and gone.successor.is_published else None
    return render(request, "practices/archived.html", {"successor": successor}, status=410)


def short_address(request, code):
    """The address for paper and telephone: it leads to the page in the reader's language."""
    with override(get_language_from_request(request)):
        response = led_by_code(code.upper())
    patch_vary_headers(response, ["Accept-Language"])
    return response


def led_by_code(code):
    published = Practice.objects.published()
    winner = FormerAddress.objects.practice_of_code(code, published)
    if winner and not published.filter(code=code).exists():
        return redirect(winner, permanent=True)
    practice = get_object_or_404(Practice.objects.with_address(), code=code)
    if not practice.is_published:  # its own address would tell its name
        return redirect("practice_detail", code.lower())
    return redirect(practice)


def addresses(record):
    """The address of a record's page in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = record.get_absolute_url()
    return found
