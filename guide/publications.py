"""The way into the guide: what it holds, and what was published around it."""

from django.shortcuts import render

from guide.models import Publication
from guide.recommendations import remembered_statements
from guide.sourced import SourcedPage
from network.models import ExpertTheme
from search.caching import unchanged_is_304


@unchanged_is_304
def guide(request):
    statements = remembered_statements(request.data_version)
    context = {
        "page": SourcedPage(Publication.objects.published().with_page_relations()),
        "parts": statements.by_part(),
        "number_of_statements": len(statements.all),
        "themes": ExpertTheme.objects.all(),
    }
    return render(request, "guide/guide.html", context)
