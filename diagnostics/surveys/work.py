"""The names of the background work on a survey, for those who ask for it and those who do it."""

OPEN_SURVEY = "open_survey"  # subject: survey; makes keys and links, opens it, invites
CANCEL_SURVEY = "cancel_survey"  # subject: survey; destroys the keys, tells those who were invited
CORRECT_ADDRESS = "correct_address"  # subject: invitation, version: its version; see below

# `correct_address` makes the link of an invitation's current version and sends it. Where the stored hash is that of an
# earlier version, ballot and draft move to the new token in the same transaction; a new invitation has no hash yet.
