from django.urls import include, path

from spaces.pages import (
    ending,
    group_list,
    groups,
    importing,
    invitations,
    look,
    members,
    people,
    people_list,
    workspaces,
)

app_name = "spaces"

in_workspace = [
    path("", workspaces.workspace, name="workspace"),
    path("rename/", workspaces.rename, name="rename"),
    path("privacy-notice/", workspaces.privacy_notice, name="privacy_notice"),
    path("second-step/", workspaces.second_step, name="second_step"),
    path("letters/", look.look, name="look"),
    path("letters/example/", look.example, name="look_example"),
    path("leave/", workspaces.leave, name="leave"),
    path("delete/", ending.delete, name="delete_workspace"),
    path("keep/", ending.keep, name="keep_workspace"),
    path("invite/", members.invite, name="invite"),
    path("invitations/<slug:invitation_id>/withdraw/", members.withdraw, name="withdraw"),
    path("members/<slug:member_id>/", members.member, name="member"),
    path("members/<slug:member_id>/remove/", members.remove, name="remove_member"),
    path("members/<slug:member_id>/hand-over/", members.hand_over, name="hand_over"),
    path("groups/", group_list.groups, name="groups"),
    path("groups/lead/", group_list.lead, name="lead_groups"),
    path("groups/delete-empty/", group_list.delete_empty, name="delete_groups"),
    path("groups/new/", groups.new, name="new_group"),
    path("groups/<slug:group_id>/", groups.group, name="group"),
    path("groups/<slug:group_id>/change/", groups.edit, name="change_group"),
    path("groups/<slug:group_id>/delete/", groups.delete, name="delete_group"),
    path("people/", people_list.people, name="people"),
    path("people/move/", people_list.move, name="move_people"),
    path("people/lead/", people_list.lead, name="name_leaders"),
    path("people/remove/", people_list.remove, name="remove_people"),
    path("people/new/", people.new, name="new_person"),
    path("people/import/", importing.start, name="import_people"),
    path("people/people.<slug:form>", people.export, name="export_people"),
    path("people/imports/<slug:import_id>/", importing.undo, name="undo_import"),
    path("people/import/<slug:list_id>/", importing.check, name="import_list"),
    path("people/import/<slug:list_id>/rows-to-mend.csv", importing.faulty, name="rows_to_mend"),
    path("people/<slug:person_id>/", people.person, name="person"),
    path("people/<slug:person_id>/remove/", people.remove, name="remove_person"),
]

urlpatterns = [
    path("", workspaces.workspaces, name="workspaces"),
    path("new/", workspaces.new, name="new_workspace"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("<slug:public_id>/", include(in_workspace)),
]
