from django.contrib import admin
from django.urls import path

from network.consultations import desk

inside = admin.site.admin_view

urlpatterns = [
    path("", inside(desk.consultation_queue), name="consultation_queue"),
    path("numbers/", inside(desk.consultation_statistics), name="consultation_statistics"),
    path("<int:pk>/", inside(desk.consultation_desk), name="consultation_desk"),
    path("<int:pk>/act/", desk.consultation_act, name="consultation_act"),
]
