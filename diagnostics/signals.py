"""What this floor tells the floors above it."""

from django.dispatch import Signal

self_assessment_submitted = Signal()  # self_assessment=, inside the submitting transaction
survey_stopped = Signal()  # survey=, inside the stopping transaction: no more answers
