from django.urls import include, path

from diagnostics.surveys.pages import lists
from diagnostics.surveys.pages.dashboard.urls import of_launched
from diagnostics.surveys.pages.drafting import check, spoken
from diagnostics.surveys.pages.drafting import views as wizard
from diagnostics.surveys.pages.room import views as room

app_name = "surveys"

of_survey = [
    path("step/<slug:step>/", wizard.step, name="step"),
    path("words/<slug:language>/", spoken.words, name="words"),
    path("join/", check.join, name="join"),
    path("part/", check.part, name="part"),
    path("copy/", lists.copy, name="copy"),
    path("delete/", lists.delete, name="delete"),
]

urlpatterns = [
    path("", lists.home, name="home"),
    path("in/<slug:workspace_id>/", lists.overview, name="list"),
    path("in/<slug:workspace_id>/new/", wizard.new, name="new"),
    path("in/<slug:workspace_id>/room/", room.new, name="new_in_room"),
    path("<slug:public_id>/", include(of_survey + of_launched)),
]
