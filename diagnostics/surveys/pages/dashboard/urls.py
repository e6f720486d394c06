"""The pages of a survey that was launched; part of diagnostics.surveys.urls."""

from django.urls import path

from diagnostics.surveys.pages.dashboard import dates, failed, many, overview, people, sharing

of_launched = [
    path("", overview.dashboard, name="dashboard"),
    path("date/", dates.change_date, name="change_date"),
    path("close/", dates.close_now, name="close_now"),
    path("cancel/", dates.cancel, name="cancel"),
    path("start/", dates.move_start_, name="move_start"),
    path("start/now/", dates.start_now_, name="start_now"),
    path("start/take-back/", dates.take_launch_back_, name="take_launch_back"),
    path("reminders/now/", dates.remind_now_, name="remind_now"),
    path("reminders/words/", dates.reword_reminders_, name="reword_reminders"),
    path("reminders/new/", dates.new_reminder, name="new_reminder"),
    path("reminders/<slug:day>/drop/", dates.drop_reminder, name="drop_reminder"),
    path("people/", people.people, name="participants"),
    path("people/groups/", people.by_group, name="participants_by_group"),
    path("people/many/", many.many, name="many_participants"),
    path("people/failed/", failed.failed, name="failed_addresses"),
    path("people/new/", people.new, name="new_participant"),
    path("people/in/<slug:group_id>/", people.group, name="participants_in"),
    path("people/<slug:invitation_id>/", people.participant, name="participant"),
    path("people/<slug:invitation_id>/move/", people.move, name="move_participant"),
    path("people/<slug:invitation_id>/remove/", people.remove, name="remove_participant"),
    path("poster/<slug:group_id>/", sharing.poster, name="poster"),
]
