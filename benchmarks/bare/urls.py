from django.urls import include, path

from benchmarks.bare import views

in_survey = [
    path("", views.welcome, name="welcome"),
    path("start/", views.start, name="start"),
    path("rate/<slug:condition>/", views.page, name="page"),
    path("save/", views.save, name="save"),
    path("review/", views.review, name="review"),
    path("submit/", views.submit, name="submit"),
    path("thanks/", views.thanks, name="thanks"),
]

urlpatterns = [
    path("s/<str:token>/", views.enter, name="enter"),
    path("answer/<slug:survey>/", include(in_survey)),
]
