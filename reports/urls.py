from django.urls import include, path

from reports.files.subjects import COMPARISON, SELF_ASSESSMENT, SLICE
from reports.pages import counts, files, posters, presenting
from reports.pages.agreements import views as agreements
from reports.pages.audit import views as audit
from reports.pages.by_link import views as by_link
from reports.pages.comparisons import views as comparisons
from reports.pages.evidence import views as evidence
from reports.pages.forecast import views as forecast
from reports.pages.group_steps import views as group_steps
from reports.pages.intentions import views as intentions
from reports.pages.links import views as links
from reports.pages.next_steps import views as next_steps
from reports.pages.releases import letters as release_letters
from reports.pages.releases import views as releases
from reports.pages.retention import views as retention
from reports.pages.room import views as room
from reports.pages.self_assessments import views as self_assessments
from reports.pages.self_assessments import without_account
from reports.pages.shared_results import views as shared_results
from reports.pages.surveys import views as surveys
from reports.pages.today import views as today
from reports.pages.upkeep import views as upkeep

app_name = "reports"

of_self_assessment = [
    path("", self_assessments.self_assessment, name="self_assessment"),
    path("begun/", without_account.begun, name="begun"),
    path("begun/<slug:condition>/<slug:space>/", without_account.begun_place, name="begun_place"),
    path("figure/", self_assessments.figure, name="figure"),
    path("files/<slug:kind>/", files.document, {"of": SELF_ASSESSMENT}, name="document"),
    path("over-time/", self_assessments.compared_with, name="over_time"),
    path("next-time/", intentions.next_time, name="next_time"),
    path("<slug:condition>/<slug:space>/", self_assessments.own_answers, name="own_answers"),
    path("<slug:condition>/<slug:space>/next-step/", next_steps.next_step, name="next_step"),
    path("<slug:condition>/<slug:space>/next-step/keep/", intentions.keep, name="keep_intention"),
]
of_intention = [
    path("", intentions.intention, name="intention"),
    path("change/", intentions.change_intention, name="change_intention"),
    path("delete/", intentions.delete_intention, name="delete_intention"),
]
of_survey = [
    path("", surveys.survey, name="survey"),
    path("counts/", counts.counts, name="counts"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("outlook/", forecast.outlook, name="outlook"),
    path("posters/", posters.posters, name="posters"),
    path("room/", room.room, name="room"),
    path("room/close/", room.close_room, name="close_room"),
    path("compare/", comparisons.compare, name="compare"),
]
of_slice = [
    path("", surveys.slice_, name="slice"),
    path("present/", presenting.present, name="present"),
    path("present/notes/", presenting.notes, name="present_notes"),
    path("agreed/", agreements.agreed, {"of": SLICE}, name="slice_agreed"),
    path("agreed/letter/", agreements.letter, {"of": SLICE}, name="slice_agreed_letter"),
    path("figure/", surveys.slice_figure, name="slice_figure"),
    path("files/", files.all_documents, {"of": SLICE}, name="all_slice_documents"),
    path("next-steps/", group_steps.choose, name="next_steps"),
    path("files/<slug:kind>/", files.document, {"of": SLICE}, name="slice_document"),
    path("<slug:condition>/<slug:space>/", surveys.statements, name="statements"),
]
of_edition = [
    path("evidence/", evidence.evidence, name="evidence"),
    path("delete/", retention.delete_report, name="delete_report"),
    path("release/", releases.release, name="release"),
    path("releases/<slug:release_id>/letters/", release_letters.write, name="release_letters"),
    path("releases/<slug:release_id>/letters/stop/", release_letters.stop, name="stop_release_letters"),
    path("releases/<slug:release_id>/take-back/", releases.withdraw, name="take_back"),
    path("comments/", releases.comments, name="comments"),
    path("comments/<slug:comment_id>/redact/", releases.redact, name="redact"),
]
of_comparison = [
    path("", comparisons.comparison, name="comparison"),
    path("name/", comparisons.rename, name="rename_comparison"),
    path("present/", presenting.present_comparison, name="present_comparison"),
    path("present/notes/", presenting.notes_of_comparison, name="present_comparison_notes"),
    path("agreed/", agreements.agreed, {"of": COMPARISON}, name="comparison_agreed"),
    path("agreed/letter/", agreements.letter, {"of": COMPARISON}, name="comparison_agreed_letter"),
    path("files/", files.all_documents, {"of": COMPARISON}, name="all_comparison_documents"),
    path("files/<slug:kind>/", files.document, {"of": COMPARISON}, name="comparison_document"),
]

urlpatterns = [
    path("", surveys.reports, name="list"),
    path("today/", today.today, name="today"),
    path("self-assessments/sample/", without_account.sample, name="sample"),
    path("self-assessments/sample/<slug:condition>/<slug:space>/", without_account.sample_place, name="sample_place"),
    path("self-assessments/<slug:public_id>/", include(of_self_assessment)),
    path("intentions/", intentions.intentions, name="intentions"),
    path("intentions/<slug:public_id>/", include(of_intention)),
    path("surveys/<slug:public_id>/", include(of_survey)),
    path("slices/<slug:public_id>/", include(of_slice)),
    path("editions/<slug:public_id>/", include(of_edition)),
    path("comparisons/<slug:public_id>/", include(of_comparison)),
    path("workspaces/<slug:public_id>/log/", audit.audit, name="audit"),
    path("workspaces/<slug:public_id>/kept/", retention.retention, name="retention"),
    path("by-link/self-assessments/<str:token>/", shared_results.enter, name="shared_by_link"),
    path("shared/<slug:link_id>/", shared_results.shared_result, name="shared_result"),
    path("shared/<slug:link_id>/open/", shared_results.open_result, name="open_shared_result"),
    path("shared/<slug:link_id>/reply/", shared_results.reply, name="reply"),
    path("by-link/<str:token>/", by_link.enter, name="by_link"),
    path("results/by-link/<str:token>/", by_link.results, name="results_by_link"),
    path("workspaces/<slug:public_id>/work/", upkeep.upkeep, name="upkeep"),
    path("workspaces/<slug:public_id>/links/", links.links, name="links"),
    path("results/<slug:survey>/", surveys.results, name="results"),
]
