from django.urls import path
from django.utils.translation import gettext_lazy as _

from curation.suggestions import views

urlpatterns = [
    path(_("thank-you/"), views.suggestion_thanks, name="suggestion_thanks"),
    path(_("practice/<slug:code>/"), views.suggest_about_practice, name="suggest_about_practice"),
    path(_("organisation/<slug:code>/"), views.suggest_about_actor, name="suggest_about_actor"),
]
