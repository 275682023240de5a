from django.urls import path

from practices import views

urlpatterns = [
    path("", views.practice_list, name="practice_list"),
    path("suggest/", views.suggest, name="suggest"),
    path("r/<str:token>/", views.sealed_list, name="sealed_list"),
    path("<slug:slug>/", views.practice_detail, name="practice_detail"),
]
