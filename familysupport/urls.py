from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from familysupport import views
from practices.views import actor_detail

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path(_("practices/"), include("practices.urls")),
    path(_("organisations/<slug:code>/"), actor_detail, name="actor_detail"),
    path(_("help-lines/"), include("guide.urls")),
    path(_("about/"), views.about, name="about"),
    path("admin/", admin.site.urls),
)

handler400 = "familysupport.views.bad_request"
handler403 = "familysupport.views.forbidden"
handler404 = "familysupport.views.page_not_found"
handler500 = "familysupport.views.server_error"
