from django.shortcuts import render

from care.faults import without_database
from guide.strip import lines_for
from search.caching import unchanged_is_304


def help_lines_known_last(request):
    return render(request, "guide/help_line_list.html", {"lines": lines_for(request)})


@without_database(help_lines_known_last)
@unchanged_is_304
def help_line_list(request):
    return render(request, "guide/help_line_list.html", {"lines": lines_for(request)})
