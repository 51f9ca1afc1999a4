from django.db import models


class SentBack(models.Model):
    """A paper that the bureau asked for once more (退回重交的材料): it will not do, so it is offered for no other case either."""

    append_only = True

    stored = models.CharField(max_length=32, unique=True)  # of the document, wherever it was given
    at = models.DateTimeField()

    def __str__(self):
        return self.stored
