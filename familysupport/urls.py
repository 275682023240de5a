from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from curation.accounts.views import accept_invitation
from curation.dashboard.views import completeness_page, coverage_gaps_page
from curation.handbook import handbook
from curation.preview_views import preview
from curation.translations.views import translation_list
from curation.verification.views import organisation_check
from familysupport import views
from familysupport.style_page import style_page
from guide.views import whom_to_call
from practices.views import short_address

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("p/<slug:code>", short_address, name="short_address"),
    path("de/", whom_to_call, {"language": "de"}, name="whom_to_call_de"),
    path("ar/", whom_to_call, {"language": "ar"}, name="whom_to_call_ar"),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path(_("find/"), include("practices.finder_urls")),
    path(_("practices/"), include("practices.urls")),
    path(_("shortlist/"), include("practices.shortlist_urls")),
    path(_("organisations/"), include("practices.actor_urls")),
    path(_("offers-for-professionals/"), include("network.offer_urls")),
    path(_("trainings/"), include("trainings.urls")),
    path(_("network/"), include("network.urls")),
    path(_("expert-platform/"), include("practices.platform_urls")),
    path(_("help-lines/"), include("guide.urls")),
    path(_("guide/"), include("guide.guide_urls")),
    path(_("something-wrong/"), include("curation.suggestions.urls")),
    path(_("still-right/<str:token>/"), organisation_check, name="organisation_check"),
    path(_("about/"), views.about, name="about"),
    path(_("safety/"), views.safety, name="safety"),
    path(_("privacy/"), views.privacy, name="privacy"),
    path(_("accessibility/"), views.accessibility, name="accessibility"),
    path("preview/<str:token>/", preview, name="preview"),
    path("styleguide/", admin.site.admin_view(style_page), name="style_page"),
    path("admin/completeness/", admin.site.admin_view(completeness_page), name="completeness"),
    path("admin/coverage-gaps/", admin.site.admin_view(coverage_gaps_page), name="coverage_gaps"),
    path("admin/translations/", admin.site.admin_view(translation_list), name="translation_list"),
    path("admin/handbook/", admin.site.admin_view(handbook), name="handbook"),
    path(_("expert-platform/"), include("network.consultations.urls")),
    path("admin/questions/", include("network.consultations.desk_urls")),
    path("invitation/", accept_invitation, name="accept_invitation"),
    path("admin/", admin.site.urls),
)

handler400 = "familysupport.views.bad_request"
handler403 = "familysupport.views.forbidden"
handler404 = "familysupport.views.page_not_found"
handler500 = "familysupport.views.server_error"
