"""The pages of a list: by a readable address, and by a sealed one to which its forms lead."""

from django.core.exceptions import SuspiciousOperation
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt

from care.middleware import repeats_too_much
from care.sealing import BrokenSealError, seal
from care.traces import SeeOther, keep_no_trace, without_trace
from familysupport.context import language_links
from search.analysis import LANGUAGES
from search.caching import unchanged_is_304
from search.listing.asking import asked_now, open_search
from search.listing.forms import SORTS
from search.listing.pages import page_of


def urls_of(listing):
    told = {"listing": listing}
    return [
        path("", record_list, told, name=listing.url_name),
        path("r/<str:token>/", sealed_record_list, told, name=listing.sealed_url_name),
    ]


@csrf_exempt  # changes nothing and sets no cookie; a POST keeps what is typed out of addresses
@unchanged_is_304
def record_list(request, listing):
    if request.method == "POST":
        return keep_no_trace(to_the_answer(request, listing, request.GET))
    response = show_list(request, listing, request.GET)
    return keep_no_trace(response) if request.GET else response


@csrf_exempt
@without_trace
def sealed_record_list(request, listing, token):
    try:
        search = open_search(token)
    except BrokenSealError:
        return expired(request, listing, status=404)
    if search.has_expired:
        return expired(request, listing)
    if request.method == "POST":
        return to_the_answer(request, listing, search.asked)
    return show_list(request, listing, search.asked, search)


def expired(request, listing, status=200):
    return render(request, "listing/expired.html", {"listing": listing}, status=status)


def to_the_answer(request, listing, before):
    """From a form to the address of its list, in the language asked for."""
    asked = asked_now(request.POST, before)
    if repeats_too_much(asked):
        raise SuspiciousOperation("one name again and again")
    form = listing.form(asked, listing.directory(request.data_version))
    if not form.is_valid():
        return refuse(request, listing, form)
    chosen = request.POST.get("language")
    with override(chosen if chosen in LANGUAGES else get_language()):
        return SeeOther(address_of(listing, query_of(form), "readable" in request.POST))


def address_of(listing, query, is_readable=False):
    if not query:
        return listing.address
    if is_readable:
        return f"{listing.address}?{query}"
    return reverse(listing.sealed_url_name, args=[seal(query)])


def query_of(form):
    """What was asked under known names, as a query."""
    known = [*form.fields, "page"]
    pairs = [(name, value.strip()) for name in known for value in form.data.getlist(name)]
    return urlencode([(name, value) for name, value in pairs if value])


def refuse(request, listing, form, **context):
    context = {"listing": listing, "form": form, "typed": form.data, **context}
    return render(request, "listing/refused.html", context, status=400)


def show_list(request, listing, asked, sealed=None):
    directory = listing.directory(request.data_version)
    form = listing.form(asked, directory)
    query = query_of(form)
    links = language_links(request, list_addresses(listing, query))
    if not form.is_valid():
        return refuse(request, listing, form, language_links=links)
    results = listing.results(
        listing.kind, directory, form.cleaned_data, form.choices, request.data_version
    )
    page = page_of(results.codes, asked.get("page"))
    found = listing.cards_of(directory, page.object_list)
    context = {
        "listing": listing,
        "asked": form.cleaned_data,
        "results": results,
        "menu": listing.menu(listing, results, page, form.asked),
        "page": page,
        "groups": results.groups([results.result(card) for card in found]),
        "sorts": SORTS,
        "language_links": links,
        "sealed": sealed,
        "is_readable_search": bool(query) and not sealed,
        **listing.more(results),
    }
    return render(request, listing.template, context)


def list_addresses(listing, query):
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = address_of(listing, query, is_readable=True)
    return found
