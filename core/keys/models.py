from django.db import models


class Mark(models.Model):
    """What lies in the key store of this site as `.mark`, so that another disk in its place is noticed."""

    text = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"of {self.made_at}"
