from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.consultations import views

urlpatterns = [
    path(_("ask/"), views.consultation_ask, name="consultation_ask"),
    path(_("question/<str:token>/"), views.consultation, name="consultation"),
    path(_("professional-secrecy/"), views.professional_secrecy, name="professional_secrecy"),
]
