from django.apps import AppConfig
from django.contrib.admin import apps as admin


class FamilySupportConfig(AppConfig):
    name = "familysupport"
    default = True


class AdminConfig(admin.AdminConfig):
    default = False  # named in the settings; the app of this package is the one above
    default_site = "familysupport.admin_site.DirectoryAdminSite"
