from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from care import views
from care.forms import SignInForm
from wording.views import how_we_write


class DirectoryAdminSite(admin.AdminSite):
    """Open to staff who have given their second factor."""

    site_header = _("Family Support: curation")
    site_title = _("Family Support: curation")
    index_title = _("What do you want to keep true today?")
    enable_nav_sidebar = True
    login_form = SignInForm
    index_template = "admin/dashboard.html"
    login_template = "admin/sign_in.html"

    def has_permission(self, request):
        return super().has_permission(request) and request.user.is_verified()

    def each_context(self, request):
        return super().each_context(request) | {"is_local_mode": not settings.PRODUCTION}

    def index(self, request, extra_context=None):
        from curation.dashboard.panels import panels_for  # the models are not there any earlier

        panels = {"panels": panels_for(request)} if self.has_permission(request) else {}
        return super().index(request, panels | (extra_context or {}))

    def login(self, request, extra_context=None):
        """Who has signed in and has no second factor yet is led to where it is set up."""
        if request.method == "GET" and self.is_without_second_factor(request):
            wanted = request.GET.get("next") or reverse("admin:index")
            return redirect(f"{reverse('admin:set_up_telephone')}?{urlencode({'next': wanted})}")
        return super().login(request, extra_context)

    def is_without_second_factor(self, request):
        return views.may_set_up(request.user) and not request.user.is_verified()

    def get_urls(self):
        state = self.admin_view(views.second_factor_state)
        return [
            path("second-factor/", state, name="second_factor"),
            path("second-factor/telephone/", views.set_up_telephone, name="set_up_telephone"),
            path("how-we-write/", self.admin_view(how_we_write), name="how_we_write"),
            *super().get_urls(),
        ]
