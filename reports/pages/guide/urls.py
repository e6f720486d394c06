from django.urls import path

from reports.pages.guide import views

app_name = "guide"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("model/", views.model, name="model"),
    path("model/<slug:key>/", views.condition, name="condition"),
    path("spaces/", views.spaces, name="spaces"),
    path("approach/", views.approach, name="approach"),
    path("improving/", views.improving, name="improving"),
    path("improving/talks/", views.talks, name="talks"),
    path("improving/actions/<slug:key>/", views.actions, name="actions"),
    path("research/", views.research, name="research"),
    path("checklists-of-your-own/", views.checklists, name="checklists"),
    path("protection/", views.protection, name="protection"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("contact/", views.contact, name="contact"),
]
