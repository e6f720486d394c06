from django.db import models


class Survey(models.Model):
    public_id = models.CharField(max_length=16, unique=True)
    content = models.JSONField()  # of a checklist version

    def __str__(self) -> str:
        return self.public_id


class Response(models.Model):
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE)
    token = models.CharField(max_length=43, unique=True)
    answers = models.JSONField(default=dict)
    is_submitted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.token
