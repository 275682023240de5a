from django.urls import path
from django.utils.translation import gettext_lazy as _

from search.listing.views import urls_of
from trainings import feeds, views
from trainings import registration_views as registering
from trainings.listing import TRAININGS

urlpatterns = [
    *urls_of(TRAININGS),
    path(_("calendar.ics"), feeds.training_calendar_file, name="training_calendar_file"),
    path("feed.atom", feeds.training_feed, name="training_feed"),
    path(_("calendar/"), views.calendar_page, name="training_calendar"),
    path(_("calendar/<str:month>/"), views.calendar_page, name="training_month"),
    path(_("registered/"), registering.registration_sent, name="registration_sent"),
    path(_("registration/<str:token>/"), registering.registration, name="registration"),
    path(
        _("registration/<str:token>/session.ics"),
        registering.registration_file,
        name="registration_file",
    ),
    path("<slug:code>/", views.training_detail, name="training_detail"),
    path("<slug:code>/<int:pk>/", views.session_detail, name="session_detail"),
    path(_("<slug:code>/<int:pk>/register/"), registering.register, name="session_register"),
    path("<slug:code>/<int:pk>.ics", feeds.session_file, name="session_file"),
]
