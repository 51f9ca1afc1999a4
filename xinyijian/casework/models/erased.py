from django.db import models
from django.db.models.functions import Now


class ErasedPages(models.Model):
    """Pictures of a document that were removed when their term was over (到期删除); the document's row stays."""

    stored = models.CharField(max_length=32, unique=True)
    erased_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self):
        return self.stored
