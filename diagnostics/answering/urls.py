from django.urls import include, path

from diagnostics.answering.pages import arriving, joining, letters, preview, rating, visit

app_name = "answering"

in_survey = [
    path("", arriving.welcome, name="welcome"),
    path("another/", arriving.another, name="another"),
    path("yours/", arriving.yours, name="yours"),
    path("language/", arriving.language, name="language"),
    path("rest/", arriving.rest, name="rest"),
    path("start/", arriving.start, name="start"),
    path("afresh/", arriving.start_over, name="start_over"),
    path("rate/<slug:condition>/", rating.page, name="page"),
    path("save/", rating.save, name="save"),
    path("review/", rating.review, name="review"),
    path("submit/", rating.submit, name="submit"),
    path("leave/", visit.leave, name="leave"),
    path("thanks/", visit.thanks, name="thanks"),
    path("decline/", visit.decline, name="decline"),
    path("link/", letters.lost_link, name="lost_link_of"),
    path("no-reminders/<str:sealed>/", letters.no_reminders, name="no_reminders"),
    path("withdraw/", visit.withdraw, name="withdraw"),
]

urlpatterns = [
    path("s/<str:token>/", arriving.enter, name="enter"),
    path("join/", joining.join, name="join"),
    path("answer/link/", letters.lost_link, name="lost_link"),
    path("answer/<slug:survey>/", include(in_survey)),
    path("surveys/<slug:public_id>/preview/", preview.preview, name="preview"),
]
