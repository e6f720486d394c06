from django.urls import include, path

from diagnostics.answering import rating, views

app_name = "answering"

in_survey = [
    path("", views.welcome, name="welcome"),
    path("start/", views.start, name="start"),
    path("afresh/", views.afresh, name="afresh"),
    path("rate/<slug:condition>/", rating.page, name="page"),
    path("save/", rating.save, name="save"),
    path("review/", rating.review, name="review"),
    path("submit/", rating.submit, name="submit"),
    path("leave/", views.leave, name="leave"),
    path("thanks/", views.thanks, name="thanks"),
    path("decline/", views.decline, name="decline"),
    path("withdraw/", views.withdraw, name="withdraw"),
]

urlpatterns = [
    path("s/<str:token>/", views.enter, name="enter"),
    path("answer/<slug:survey>/", include(in_survey)),
]
