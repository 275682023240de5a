from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.dashboard.completeness import by_completeness, completeness
from curation.dashboard.gaps import gaps
from curation.dashboard.panels import may_change
from curation.history.admin import address_of
from practices.models import Practice
from search.version import current

A_PAGE = 50


def for_curators(view):
    def checked(request):
        if not may_change(request, Practice):
            raise PermissionDenied
        return view(request)

    return checked


@for_curators
def completeness_page(request):
    """All published practices, the emptiest first, with what is not known."""
    practices = by_completeness(Practice.objects.published())
    page = Paginator(practices, A_PAGE).get_page(request.GET.get("page"))
    context = admin.site.each_context(request) | {
        "title": _("What is not known"),
        "page": page,
        "rows": [
            (one, address_of(Practice, "change", one.practice.pk))
            for one in completeness(page.object_list)
        ],
    }
    return render(request, "admin/curated/completeness.html", context)


@for_curators
def coverage_gaps_page(request):
    rows = gaps(current())
    context = admin.site.each_context(request) | {
        "title": _("Where nobody helps"),
        "provinces": [gap.name for gap in rows[0].gaps] if rows else [],
        "rows": [(row.names[get_language()], row) for row in rows],
    }
    return render(request, "admin/curated/coverage_gaps.html", context)
