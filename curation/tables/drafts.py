"""A table between its preview and its commit: kept as it was read, so that it is sent once."""

from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.utils import timezone

from curation.models import ImportDraft
from curation.tables.reading import Table


def keep(table, file_name, uploader):
    content = {"columns": table.columns, "rows": table.rows}
    return ImportDraft.objects.create(
        uploader=uploader, file_name=short_name(file_name), content=content
    )


def short_name(file_name):
    return PurePath(file_name).name[-100:]


def table_in(draft):
    rows = [(number, texts) for number, texts in draft.content["rows"]]
    return Table(draft.content["columns"], rows)


def forget_old(now=None):
    """What nobody committed within a day. Returns how many."""
    day = timedelta(hours=settings.IMPORT_DRAFT_HOURS)
    return ImportDraft.objects.older_than((now or timezone.now()) - day).delete()[0]
