from django.urls import path

from diagnostics.self_assessments import rating, sharing, views

app_name = "self_assessments"
urlpatterns = [
    path("", views.overview, name="list"),
    path("start/", views.start, name="start"),
    path("start/own/<int:version>/", views.start_own, name="start_own"),
    path("from/<slug:token>/", views.by_link, name="by_link"),
    path("signed-in/", views.signed_in, name="signed_in"),
    path("<str:public_id>/", views.resume, name="resume"),
    path("<str:public_id>/rate/<slug:condition>/", rating.page, name="page"),
    path("<str:public_id>/save/", rating.save, name="save"),
    path("<str:public_id>/review/", rating.review, name="review"),
    path("<str:public_id>/submit/", rating.submit, name="submit"),
    path("<str:public_id>/keep/", views.keep, name="keep"),
    path("<str:public_id>/share/", sharing.share, name="share"),
    path("<str:public_id>/take-back/", sharing.take_back, name="take_back"),
    path("<str:public_id>/links/new/", sharing.new_link, name="new_link"),
    path("<str:public_id>/links/<str:link_id>/end/", sharing.end_link, name="end_link"),
    path("<str:public_id>/links/<str:link_id>/reply/", sharing.delete_reply, name="delete_reply"),
    path("<str:public_id>/delete/", views.delete, name="delete"),
]
