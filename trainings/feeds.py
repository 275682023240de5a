"""Files that follow a list: its sessions as a calendar, its trainings and sessions as Atom."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from familysupport.templatetags.reading import read_text
from search.listing.views import query_of, refuse
from trainings.ics import CONTENT_TYPE, calendar_of, place_of
from trainings.listing import TRAININGS, WHEN
from trainings.models import Session, Training


class Followed:
    """What a list with these filters leads to."""

    def __init__(self, form, directory, version):
        self.query = query_of(form)
        self.asked, self.choices = form.cleaned_data, form.choices
        self.directory, self.version = directory, version

    def results(self, asked):
        return TRAININGS.results(TRAININGS.kind, self.directory, asked, self.choices, self.version)

    @property
    def address(self):
        return f"{TRAININGS.address}?{self.query}" if self.query else TRAININGS.address

    @property
    def trainings(self):
        return published(self.results(self.asked))

    @property
    def sessions(self):
        """Coming ones in the days asked for; cancelled ones too, so that calendars hear of it."""
        coming = Session.objects.public().coming().with_card_relations()
        on_any_day = self.results(self.asked | dict.fromkeys(WHEN))
        return coming.filter(training__in=published(on_any_day), **self.days)

    @property
    def days(self):
        rules = {"from": "starts_at__date__gte", "until": "starts_at__date__lte"}
        return {rule: self.asked[name] for name, rule in rules.items() if self.asked[name]}


def published(results):
    return Training.objects.published().filter(code__in=results.codes)


def followed(request):
    """(what is followed, None), or (None, why it is refused)."""
    directory = TRAININGS.directory(request.data_version)
    form = TRAININGS.form(request.GET, directory)
    if not form.is_valid():
        return None, refuse(request, TRAININGS, form)
    return Followed(form, directory, request.data_version), None


def training_calendar_file(request):
    found, refused = followed(request)
    return refused or calendar_file(calendar_of(found.sessions), "trainings")


def session_file(request, code, pk):
    sessions = Session.objects.public().with_card_relations()
    session = get_object_or_404(sessions, pk=pk, training__code=code)
    return calendar_file(calendar_of([session]), f"{code}-{pk}")


def calendar_file(content, name):
    response = HttpResponse(content, content_type=CONTENT_TYPE)
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
        author_name="Family Support",
        language=get_language(),
        feed_url=settings.SITE_URL + request.get_full_path(),
    )
    for entry in sorted(entries(found), key=lambda entry: entry["updateddate"], reverse=True):
        feed.add_item(**entry)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entries(found):
    for training in found.trainings:
        summary = read_text(training, "summary").value
        yield entry_of(training, training.code, str(training), summary, training.updated_at)
    for session in found.sessions:
        summary = ". ".join([place_of(session), str(session.language)])
        yield entry_of(session, session.uid, title_of(session), summary, session.changed_at)


def title_of(session):
    begins = date_format(localtime(session.starts_at), "DATETIME_FORMAT")
    title = f"{read_text(session.training, 'name')}, {begins}"
    return _("Cancelled: %(title)s") % {"title": title} if session.is_cancelled else title


def entry_of(record, key, title, summary, changed_at):
    return {
        "unique_id": f"tag:family-support,2026:{record._meta.model_name}:{key}",
        "title": title,
        "link": settings.SITE_URL + record.get_absolute_url(),
        "description": escape(summary),  # stands in the feed as HTML
        "updateddate": changed_at,
    }
