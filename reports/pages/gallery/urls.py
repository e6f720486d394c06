from django.urls import path, re_path

from reports.pages.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("errors/", views.errors, name="errors"),
    re_path(r"^(?P<name>heatmap|states)\.json$", views.figure, name="figure"),
    re_path(r"^(?P<name>heatmap|states)\.png$", views.picture, name="picture"),
]
