from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.urls import path

from familysupport import urls
from familysupport.urls import handler400, handler403, handler404, handler500  # noqa: F401


def fault(request):
    raise RuntimeError("A fault on purpose")


def forbidden(request):
    raise PermissionDenied


urlpatterns = [
    *i18n_patterns(path("fault/", fault), path("forbidden/", forbidden)),
    *urls.urlpatterns,
]
