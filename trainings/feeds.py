"""Files that follow a list: its sessions as a calendar, its trainings and sessions as Atom."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from familysupport.templatetags.reading import read_text
from search.listing.views import query_of, refuse
from trainings.ics import CONTENT_TYPE, calendar_of
from trainings.listing import TRAININGS
from trainings.models import Session, Training


class Followed:
    """What a list with these filters leads to."""

    def __init__(self, form, directory, version):
        self.query = query_of(form)
        self.results = TRAININGS.results(
            TRAININGS.kind, directory, form.cleaned_data, form.choices, version
        )

    @property
    def address(self):
        return f"{TRAININGS.address}?{self.query}" if self.query else TRAININGS.address

    @property
    def trainings(self):
        return Training.objects.published().filter(code__in=self.results.codes)

    @property
    def sessions(self):
        """Coming ones in the days asked for; cancelled ones too, so that calendars hear of it."""
        coming = Session.objects.public().coming().with_card_relations()
        days = {"from": "starts_at__date__gte", "until": "starts_at__date__lte"}
        asked = self.results.cleaned
        bounds = {rule: asked[name] for name, rule in days.items() if asked[name]}
        return coming.filter(training__in=self.trainings, **bounds)


def followed(request):
    """(what is followed, None), or (None, why it is refused)."""
    directory = TRAININGS.directory(request.data_version)
    form = TRAININGS.form(request.GET, directory)
    if not form.is_valid():
        return None, refuse(request, TRAININGS, form)
    return Followed(form, directory, request.data_version), None


def training_calendar_file(request):
    found, refused = followed(request)
    return refused or calendar_file(found.sessions, "trainings")


def session_file(request, code, pk):
    sessions = Session.objects.public().with_card_relations()
    session = get_object_or_404(sessions, pk=pk, training__code=code)
    return calendar_file([session], f"{code}-{pk}")


def calendar_file(sessions, name):
    response = HttpResponse(calendar_of(sessions), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def training_feed(request):
    found, refused = followed(request)
    if refused:
        return refused
    feed = Atom1Feed(
        title=f"Family Support – {TRAININGS.title}",
        link=settings.SITE_URL + found.address,
        description="",
        language=get_language(),
        feed_url=settings.SITE_URL + request.get_full_path(),
    )
    for entry in sorted(entries(found), key=lambda entry: entry["updateddate"], reverse=True):
        feed.add_item(**entry)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entries(found):
    for training in found.trainings:
        yield entry_of(training, f"training:{training.code}", str(training), training.updated_at)
    for session in found.sessions:
        begins = date_format(localtime(session.starts_at), "DATETIME_FORMAT")
        title = f"{read_text(session.training, 'name')}, {begins}"
        yield entry_of(session, f"session:{session.uid}", title, session.changed_at)


def entry_of(record, key, title, changed_at):
    training = getattr(record, "training", record)
    return {
        "unique_id": f"tag:family-support,2026:{key}",
        "title": title,
        "link": settings.SITE_URL + record.get_absolute_url(),
        "description": read_text(training, "summary").value,
        "updateddate": changed_at,
    }
