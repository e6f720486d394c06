from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("<slug:public_id>/", views.self_assessment, name="self_assessment"),
    path("<slug:public_id>/figure/", views.figure, name="figure"),
    path("<slug:public_id>/files/<slug:kind>/", views.document, name="document"),
]
