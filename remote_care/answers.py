"""What is typed and signed in the filing form: columns of a filing, apart from its course (models.py)."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from xinyijian.people.crypto import EncryptedTextField
from xinyijian.people.models import Kiosk, Organisation, Region

from . import states


class Answers(models.Model):
    """Who files what, for where, since when, shown by what; nothing here has rules of its own."""

    insutype = models.CharField(_("insurance"), max_length=6, blank=True)  # hers on the day of opening: it says what is paid
    type = models.CharField(_("type"), max_length=20, choices=states.Type, blank=True)  # until it is chosen
    channel = models.CharField(_("channel"), max_length=20, choices=states.Channel, default=states.Channel.ONLINE)
    kiosk = models.ForeignKey(Kiosk, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("self-service machine"))
    basis = models.CharField(_("how you show that you live there"), max_length=12, choices=states.Basis, blank=True)
    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("city of care"))
    start_on = models.DateField(_("from"), null=True, blank=True)
    end_on = models.DateField(_("until"), null=True, blank=True, help_text=_("empty: until you cancel it"))
    resident_since = models.DateField(_("living there since"), null=True, blank=True)
    remote_address = EncryptedTextField(_("address at the place of care"), blank=True)
    contact_name = EncryptedTextField(_("contact person"), blank=True)
    contact_phone = EncryptedTextField(_("contact person's phone"), blank=True)
    referral_hospital = models.CharField(_("referring hospital"), max_length=100, blank=True)
    referral_level = models.PositiveSmallIntegerField(_("level of the referring hospital"), choices=states.LEVELS, null=True, blank=True)
    occasion = models.CharField(_("care already begun"), max_length=8, choices=states.Occasion, default=states.Occasion.PLANNED)
    care_hospital = EncryptedTextField(_("hospital there"), blank=True)
    care_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hospital there, if it is known here"))
    admitted_on = models.DateField(_("admitted on"), null=True, blank=True)
    discharge_at = models.DateTimeField(_("discharge"), null=True, blank=True)
    replaces = models.ForeignKey(  # a change of city: the other one ends when this one counts
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("instead of"))
    mistyped = EncryptedTextField(_("typed and not understood"), blank=True, editable=False)  # {field: text}: a draft loses nothing
    notice_version = models.CharField(_("version of the filing notice"), max_length=20, blank=True)
    notice_read_at = models.DateTimeField(_("filing notice read at"), null=True, blank=True)
    commitment_signed_at = models.DateTimeField(_("commitment letter signed at"), null=True, blank=True)
    signed_letters = models.JSONField(_("signed letters"), default=list, blank=True)  # drafts.entry_of

    class Meta:
        abstract = True
