app_name = "self_assessments"
urlpatterns: list = []
