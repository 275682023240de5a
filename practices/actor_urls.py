from django.urls import path

from practices.actors import ACTORS, actor_detail, actor_vcard
from search.listing.views import urls_of

urlpatterns = [
    *urls_of(ACTORS),
    path("<slug:code>/", actor_detail, name="actor_detail"),
    path("<slug:code>/contact.vcf", actor_vcard, name="actor_vcard"),
]
