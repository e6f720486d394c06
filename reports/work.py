"""The names of the background work on reports, for those who ask for it and those who do it."""

CLOSE_SURVEY = "close_survey"  # subject: survey; opens its answers, publishes an edition, destroys its keys
