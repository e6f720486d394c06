from django.urls import include, path

from reports.views import counts, forecast, self_assessments

app_name = "reports"

of_self_assessment = [
    path("", self_assessments.self_assessment, name="self_assessment"),
    path("figure/", self_assessments.figure, name="figure"),
    path("files/<slug:kind>/", self_assessments.document, name="document"),
]

urlpatterns = [
    path("surveys/<slug:public_id>/counts/", counts.counts, name="counts"),
    path("surveys/<slug:public_id>/forecast/", forecast.forecast, name="forecast"),
    path("self-assessments/<slug:public_id>/", include(of_self_assessment)),
]
