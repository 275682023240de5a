from django.urls import path

from practices import shortlist_views

urlpatterns = [
    path("", shortlist_views.shortlist_start, name="shortlist_start"),
    path("<str:token>/", shortlist_views.shortlist, name="shortlist"),
    path("<str:token>/compare/", shortlist_views.compare, name="shortlist_compare"),
    path("<str:token>/handout/", shortlist_views.handout, name="shortlist_handout"),
    path("<str:token>/handout.pdf", shortlist_views.handout_pdf, name="shortlist_handout_pdf"),
]
