"""What this floor tells the floors above it."""

from django.dispatch import Signal

self_assessment_submitted = Signal()  # self_assessment=, inside the submitting transaction
survey_ends = Signal()  # survey=, by=, inside the transaction that deletes it, while its rows are still there
survey_stopped = Signal()  # survey=, inside the stopping transaction: no more answers
