from django.shortcuts import render

from guide.strip import remembered_lines
from search.caching import unchanged_is_304


@unchanged_is_304
def help_line_list(request):
    return render(
        request, "guide/help_line_list.html", {"lines": remembered_lines(request.data_version)}
    )
