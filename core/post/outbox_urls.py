from django.urls import path

from core.post import outbox_views

app_name = "outbox"
urlpatterns = [
    path("", outbox_views.letter_list, name="list"),
    path("<slug:name>/", outbox_views.letter, name="letter"),
    path("<slug:name>/looks/", outbox_views.looks, name="looks"),
]
