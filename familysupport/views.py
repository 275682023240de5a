import sys
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error, connection
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from care import faults
from network.models import Source
from places.outlines import drawing
from practices.atlas import by_name, provinces
from practices.facets import directory
from practices.models import Practice, Situation
from search.caching import unchanged_is_304
from search.listing.pages import page_of
from search.models import DataVersion

# The day each text was last changed; readers see it.
PRIVACY_DATED = date(2026, 11, 27)
ACCESSIBILITY_DATED = date(2026, 11, 25)
SECURITY_TXT_HOLDS = timedelta(days=180)
SOURCES_A_PAGE = 100  # more would weigh more than ten kilobytes


def choose_language(request):
    """`/` leads to the language the browser asks for; nothing is remembered."""
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@unchanged_is_304
def home(request):
    held = directory(request.data_version)
    found = provinces(held)
    context = {
        "total": len(held.keys),
        "situations": Situation.choices,
        "drawing": drawing(),
        "provinces": found,
        "provinces_by_name": by_name(found),
    }
    return render(request, "home.html", context)


@unchanged_is_304
def about(request):
    published = Practice.objects.published()
    return render(
        request,
        "about.html",
        {
            "page": page_of(Source.objects.by_key(), request.GET.get("page"), SOURCES_A_PAGE),
            "total": published.count(),
            "title_only": published.filter(is_title_only=True).count(),
            "verified": published.filter(verified_on__isnull=False).count(),
        },
    )


@unchanged_is_304
def safety(request):
    return render(request, "safety.html")


@unchanged_is_304
def privacy(request):
    context = {
        "dated": PRIVACY_DATED,
        "sign_ins_kept": settings.SIGN_INS_KEPT.days,
        "dead_end_months": settings.DEAD_END_MONTHS,
        "suggestion_days": settings.SUGGESTIONS_KEPT.days,
        "address_days": settings.SUGGESTION_ADDRESSES_KEPT.days,
        "mail_days": settings.MAILS_KEPT.days,
        "consultation_months": settings.CONSULTATION_MONTHS,
        "removal_months": settings.CONSULTATION_MONTHS_TO_REMOVAL,
    }
    return render(request, "privacy.html", context)


@unchanged_is_304
def accessibility(request):
    return render(request, "accessibility.html", {"dated": ACCESSIBILITY_DATED})


def security_txt(request):
    """Where to report a weakness, as RFC 9116 wants it."""
    expires = timezone.now() + SECURITY_TXT_HOLDS
    context = {
        "contact": settings.OPERATOR["SECURITY_EMAIL"] or "not-filled-in@localhost.invalid",
        "expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")


def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """The database answers and holds the tables of this release."""
    try:
        DataVersion.objects.get(pk=1)
    except (Error, DataVersion.DoesNotExist):
        return JsonResponse({"ready": False, "database": connection.vendor}, status=503)
    return JsonResponse({"ready": True, "database": connection.vendor, "release": settings.RELEASE})


def bad_request(request, exception):
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return render(request, "413.html", status=413)
    return faults.answer(request, exception) or render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def form_refused(request, reason=""):
    """The token of a form is missing or old. What was typed comes back, but to nobody else's form:
    others must not make us show a text of theirs."""
    typed = sentences(request) if comes_from_here(request) else []
    context = {"is_form": True, "typed": "\n\n".join(typed)}
    response = render(request, "403.html", context, status=403)
    if typed:
        response.headers["Cache-Control"] = "no-store"
    return response


def comes_from_here(request):
    """As browsers say it; an old one that says nothing has the text behind its back button."""
    own = f"{request.scheme}://{request.get_host()}"
    sent = request.headers
    return sent.get("Sec-Fetch-Site") == "same-origin" or sent.get("Origin") == own


def sentences(request):
    """What took somebody time to write: a single word is soon typed again."""
    return [value for _name, value in faults.typed(request) if len(value.split()) > 1]


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    failure = sys.exc_info()[1]
    return faults.answer(request, failure) or render(request, "500.html", status=500)
