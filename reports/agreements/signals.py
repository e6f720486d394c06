"""What this room tells those above."""

from django.dispatch import Signal

agreements_changed = Signal()  # subject: the slice or comparison; in the transaction of the change
