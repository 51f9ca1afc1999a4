from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from .. import masking
from ..certificates import CertType
from ..crypto import DigestField, EncryptedTextField
from .places import Region


class Sex(models.TextChoices):
    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    UNSTATED = "9", _("not stated")


class Person(models.Model):
    """An insured person (参保人). Codes are those of the national platform; names and numbers are sealed."""

    name = EncryptedTextField(_("name"))
    name_digest = DigestField(of="name", purpose="name", db_index=True)
    cert_type = models.CharField(_("kind of certificate"), max_length=6, choices=CertType, default=CertType.ID_CARD)
    cert_number = EncryptedTextField(_("certificate number"))
    cert_digest = DigestField(of="cert_number", purpose="certificate")
    psn_no = models.CharField(_("insurance number"), max_length=30, blank=True)
    born_on = models.DateField(_("born"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("insured in"), related_name="persons")
    insutype = models.CharField(_("insurance"), max_length=6, blank=True, help_text=_("310 employees, 390 residents"))
    psn_type = models.CharField(_("kind of insured person"), max_length=6, blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    phone_digest = DigestField(of="phone", purpose="phone", db_index=True)
    address = EncryptedTextField(_("address"), blank=True)
    died_on = models.DateField(_("died"), null=True, blank=True)
    roster_digest = models.CharField(max_length=80, default="", db_default="", blank=True, editable=False)  # see people.roster

    class Meta:
        verbose_name, verbose_name_plural = _("insured person"), _("insured persons")
        constraints = [
            models.UniqueConstraint(fields=["cert_digest", "cert_type"], name="person_certificate_once"),
            models.UniqueConstraint(fields=["psn_no"], condition=~Q(psn_no=""), name="person_psn_no_once"),
            models.CheckConstraint(condition=Q(died_on=None) | Q(died_on__gte=F("born_on")), name="person_dies_after_birth"),
        ]

    def __str__(self):
        return self.masked_name

    @property
    def masked_name(self):
        return masking.name(self.name)

    @property
    def masked_cert(self):
        return masking.certificate(self.cert_number)

    @property
    def masked_phone(self):
        return masking.phone(self.phone)


class Relation(models.TextChoices):
    """The three relations that pass the programme's benefits on (S0.3)."""

    SPOUSE = "spouse", _("spouse")
    PARENT = "parent", _("parent")
    CHILD = "child", _("child")


class FamilyLinkQuerySet(models.QuerySet):
    def in_force(self, on):
        """The verified links that hold on that day, the last day included; what was ended on its first day holds on none."""
        held = self.exclude(~Q(ended_because=""), until=F("since"))
        return held.filter(Q(until=None) | Q(until__gte=on), since__lte=on, verified_at__isnull=False)


class FamilyLink(models.Model):
    """A family tie (亲属关系): `relation` says what the relative is to the person. One row serves both."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="links")
    relative = models.ForeignKey(Person, models.PROTECT, verbose_name=_("relative"), related_name="links_back")
    relation = models.CharField(_("relation"), max_length=6, choices=Relation)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=100, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("verified by"), null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    case_number = models.CharField(_("case"), max_length=32, blank=True)  # by which it was registered; "" for what was imported
    ended_because = models.CharField(_("ended because"), max_length=40, blank=True)

    objects = FamilyLinkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("family link"), _("family links")
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("relative")), name="family_not_with_oneself"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="family_ends_after_it_begins"),
            models.UniqueConstraint(
                Least("person", "relative"), Greatest("person", "relative"), condition=Q(until=None), name="family_one_open_link"
            ),
            models.UniqueConstraint(fields=["case_number"], condition=~Q(case_number=""), name="family_link_once_per_case"),
        ]


class GrantQuerySet(models.QuerySet):
    def in_force(self, at):
        """The grants by which somebody may act at that moment: from `since` on, no longer at `until` or once revoked."""
        return self.filter(Q(until=None) | Q(until__gt=at), Q(revoked_at=None) | Q(revoked_at__gt=at), since__lte=at)


class Grant(models.Model):
    """A person lets another act for her (代办授权), for one service or for all ("*"), from a moment to a moment."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="grants_given")
    agent = models.ForeignKey(Person, models.PROTECT, verbose_name=_("who may act"), related_name="grants_held")
    scope = models.CharField(_("for"), max_length=40, default="*", help_text=_("a service, or * for all"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    consent = models.CharField(_("consent"), max_length=200, help_text=_("how the person agreed, and to which text"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), null=True, blank=True, related_name="+"
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("grant"), _("grants")
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("agent")), name="grant_not_to_oneself"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="grant_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(scope=""), name="grant_has_a_scope"),
        ]


class StandingQuerySet(models.QuerySet):
    def in_force(self, on):
        """What was read and is valid on that day, first and last day included; a repair ends it on its own day."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=on), Q(repaired_on=None) | Q(repaired_on__gt=on), valid_from__lte=on
        )


class Standing(models.Model):
    """Credit standing (信用等级) as another system stated it. Never scored here; no row means "not verified"."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("excellent")
        GOOD = "good", _("good")
        FAIR = "fair", _("fair")
        POOR = "poor", _("poor")
        BREACH = "breach", _("breach of promise")

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="standings")
    grade = models.CharField(_("grade"), max_length=10, choices=Grade)
    source = models.CharField(_("source"), max_length=100)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    repaired_on = models.DateField(_("repaired"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)  # of the answer in the source
    read_at = models.DateTimeField(_("read"))

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("credit standing"), _("credit standings")
        indexes = [models.Index(fields=["person", "-valid_from"], name="standing_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="standing_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(repaired_on=None) | Q(repaired_on__gte=F("valid_from")), name="standing_repaired_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="standing_has_a_source"),
        ]
