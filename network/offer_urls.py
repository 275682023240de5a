from django.urls import path

from network.offers import OFFERS, offer_detail
from search.listing.views import urls_of

urlpatterns = [
    *urls_of(OFFERS),
    path("<slug:code>/", offer_detail, name="offer_detail"),
]
