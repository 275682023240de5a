from django.urls import path

from guide import views

urlpatterns = [path("", views.help_line_list, name="help_line_list")]
