from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class DirectoryAdminSite(admin.AdminSite):
    site_header = _("Family Support: curation")
    site_title = _("Family Support: curation")
    index_title = _("What do you want to keep true today?")
    enable_nav_sidebar = True
