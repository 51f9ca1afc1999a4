from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xinyijian.people.models import Organisation


class SavedView(models.Model):
    """A filter of the worklist that somebody keeps under a name (常用视图): her own, or shared with her office."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("owner"))
    office = models.ForeignKey(  # null: for nobody but its owner
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("shared with")
    )
    name = models.CharField(_("name"), max_length=40)
    wish = models.JSONField(_("filter"), default=dict)  # worklist_filter.Filter, without what is not asked
    pinned = models.BooleanField(_("pinned"), default=True)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name, verbose_name_plural = _("saved view"), _("saved views")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once")]

    def __str__(self):
        return self.name
