"""The names of the background work on a survey, for those who ask for it and those who do it."""

OPEN_SURVEY = "open_survey"  # subject: survey; makes keys and links, opens it, invites
CANCEL_SURVEY = "cancel_survey"  # subject: survey; destroys the keys, tells those who were invited
CORRECT_ADDRESS = "correct_address"  # subject: invitation, version: its version; makes its link
SEND_LINK_AGAIN = "send_link_again"  # subject: request; sends the link that somebody has asked for
SEND_REMINDERS = "send_reminders"  # subject: survey, version: the ISO date of the planned day
CLOSE_SURVEY = "close_survey"  # subject: survey; makes the report: the floor above does it
COUNT_ANSWERS = "count_answers"  # subject: survey, version: the ISO date; the floor above does it
CLOSE_ON_DATE = "close_on_date"  # subject: survey, version: the closing date that was true when it was asked for
CLEAR_AWAY = "clear_away"  # subject: a survey that is deleted, version: its number; destroys its keys and storage
FORGET_LISTS = "forget_lists"  # subject: survey, version: the moment from which something of it is forgotten
