from django.shortcuts import redirect, render

from care.traces import without_trace
from curation.copies.acts import as_proposed, copy_of
from curation.previews import EndedPreviewError, open_preview, preview_address
from network.models import Actor
from network.publishing import EditorialStatus
from practices.actors import show_actor
from practices.models import Practice
from practices.views import show_practice
from search.analysis import LANGUAGES

SHOWN = {Practice: show_practice, Actor: show_actor}


@without_trace
def preview(request, token):
    try:
        record = open_preview(token)
    except EndedPreviewError:
        return render(request, "curation/preview_ended.html", status=404)
    if record.editorial_status == EditorialStatus.ARCHIVED:
        return render(request, "curation/preview_ended.html", status=404)
    if not record.is_published:
        return shown(request, record, token)
    if isinstance(record, Practice) and copy_of(record):
        with as_proposed(record):
            return shown(request, open_preview(token), token)
    return redirect(record)


def shown(request, record, token):
    addresses = {code: preview_address(token, code) for code in LANGUAGES}
    return SHOWN[type(record)](request, record, addresses, is_preview=True)
