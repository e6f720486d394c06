from django.urls import path

from core.post.bounces import views

app_name = "post"
urlpatterns = [
    path("bounces/", views.bounces, name="bounces"),
    path("bounces/<slug:shape>/", views.bounces, name="bounces_in"),
]
