from django.urls import path
from django.utils.translation import gettext_lazy as _

from practices.platform import expert_platform, expert_theme

urlpatterns = [
    path("", expert_platform, name="expert_platform"),
    path(_("themes/<slug:code>/"), expert_theme, name="expert_theme"),
]
