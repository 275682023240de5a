from django.urls import path
from django.utils.translation import gettext_lazy as _

from search.listing.views import urls_of
from trainings import views
from trainings.listing import TRAININGS

urlpatterns = [
    *urls_of(TRAININGS),
    path(_("calendar/"), views.calendar_page, name="training_calendar"),
    path(_("calendar/<str:month>/"), views.calendar_page, name="training_month"),
    path("<slug:code>/", views.training_detail, name="training_detail"),
    path("<slug:code>/<int:pk>/", views.session_detail, name="session_detail"),
]
