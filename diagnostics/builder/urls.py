from django.urls import include, path

from diagnostics.builder.pages import draft, files, languages, library, preview, publishing, versions
from diagnostics.builder.pages.published import or_published

app_name = "checklists"

of_draft = [
    path(where, or_published(page), name=name)
    for where, page, name in (
        ("", draft.what, "draft"),
        ("condition/<slug:condition>/", draft.condition, "condition"),
        ("indicator/<slug:key>/", draft.indicator, "indicator"),
        ("scale/", draft.scale, "scale"),
        ("questions/", draft.questions, "questions"),
        ("languages/<slug:language>/", languages.languages, "languages"),
        ("preview/<slug:condition>/", preview.preview, "preview"),
        ("publish/", publishing.publish, "publish"),
        ("share/", publishing.share, "share"),
        ("delete/", publishing.delete, "delete"),
        ("file/", files.bring, "bring"),
        ("file.<slug:form>", files.of_draft, "draft_file"),
    )
]

of_version = [
    path("", versions.version, name="version"),
    path("begin/", versions.begin, name="begin"),
    path("stand/", versions.stand, name="stand"),
    path("file.<slug:form>", files.of_version, name="version_file"),
]

urlpatterns = [
    path("in/<slug:workspace_id>/", library.library, name="library"),
    path("in/<slug:workspace_id>/new/", library.start, name="start"),
    path("in/<slug:workspace_id>/review/<slug:language>/", languages.review, name="review"),
    path("draft/<slug:public_id>/", include(of_draft)),
    path("<slug:key>/<int:number>/", include(of_version)),
]
