from django.urls import include, path

from diagnostics.surveys.pages import kept_letters, lists
from diagnostics.surveys.pages.dashboard.urls import of_launched
from diagnostics.surveys.pages.drafting import check, spoken
from diagnostics.surveys.pages.drafting import views as wizard
from diagnostics.surveys.pages.room import views as room

app_name = "surveys"

of_survey = [
    path("step/<slug:step>/", wizard.step, name="step"),
    path("letter/<slug:kind>/", wizard.letter_page, name="letter"),
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
    path("in/<slug:workspace_id>/letters/", kept_letters.kept_letters, name="kept_letters"),
    path("in/<slug:workspace_id>/letters/new/", kept_letters.new, name="new_kept_letters"),
    path("in/<slug:workspace_id>/letters/<slug:letters_id>/", kept_letters.change, name="change_kept_letters"),
    path("in/<slug:workspace_id>/letters/<slug:letters_id>/delete/", kept_letters.delete, name="delete_kept_letters"),
    path("in/<slug:workspace_id>/room/", room.new, name="new_in_room"),
    path("<slug:public_id>/", include(of_survey + of_launched)),
]
