from django.urls import path

from practices import finder_views

urlpatterns = [
    path("", finder_views.finder, name="finder"),
    path("<int:number>/<str:token>/", finder_views.finder_step, name="finder_step"),
    path("r/<str:token>/", finder_views.finder_answer, name="finder_answer"),
    path("n/<str:token>/", finder_views.nothing_fits, name="nothing_fits"),
]
