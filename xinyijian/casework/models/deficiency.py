from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from xinyijian.casework.legal_time import Term, working_days

from .docket import Docket

LOOKED_AT = gettext_noop("looked at by the bureau")  # stored so, put into words when somebody reads it


class WithGaps(models.Model):
    """The part of a case that owes secondary documents (容缺): its own row says what, since when, and when the term rested."""

    promise_signed_at = models.DateTimeField(_("promise signed at"), null=True, blank=True)
    gaps = models.JSONField(_("documents owed"), default=list, blank=True)  # codes; replaced, never changed in place
    given = models.JSONField(_("given and not yet verified"), default=list, blank=True)
    given_at = models.DateTimeField(_("last given at"), null=True, blank=True)
    gap_since = models.DateTimeField(_("owed since"), null=True, blank=True)
    gap_told = models.DateTimeField(_("end of the term as it was told"), null=True, blank=True)  # never moves to her disadvantage
    gap_rests = models.JSONField(_("rests of the term"), default=list, blank=True)  # [from, to, because]
    gap_reminded_at = models.DateTimeField(_("reminded of the gap at"), null=True, blank=True)
    gap_overdue_at = models.DateTimeField(_("gap overdue since"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def owed(self) -> list[str]:
        """What the person still has to hand in."""
        return [code for code in self.gaps if code not in self.given]

    def gap_term(self, params) -> Term:
        """Until when the missing documents may follow; the time that the bureau took to look at them does not count."""
        rests = [(datetime.fromisoformat(a), datetime.fromisoformat(b), _(because)) for a, b, because in self.gap_rests]
        term = working_days(self.gap_since, params.supplement_working_days, params.calendar).resting(rests)
        return term.never_before(self.gap_told)

    def owe(self, codes, at):
        """From now on these documents are owed, until a day that is told and will not come earlier."""
        self.gaps, self.gap_since, self.gap_rests = sorted(codes), at, []
        self.gap_told = self.gap_reminded_at = self.gap_overdue_at = None
        self.gap_told = self.gap_term(self.params()).at

    def hand_in(self, code, at):
        """One of them was given; while nothing is owed the term rests until somebody has looked."""
        self.given, self.given_at = sorted({*self.given, code}), at

    def settle_gap(self, code):
        """Verified: no longer owed."""
        self.gaps = [c for c in self.gaps if c != code]
        self.given = [c for c in self.given if c != code]

    def give_back(self, code, at):
        """Not good: owed again, and the waiting is added to the term."""
        if not self.owed:
            self.gap_rests = [*self.gap_rests, [self.given_at.isoformat(), at.isoformat(), LOOKED_AT]]
        self.given = [c for c in self.given if c != code]


class Deficiency(models.Model):
    """One secondary document that may follow later (容缺材料), from promise to verification."""

    class State(models.TextChoices):
        OWED = "owed", _("owed")
        GIVEN = "given", _("given, to be verified")
        VERIFIED = "verified", _("verified")
        OVERDUE = "overdue", _("overdue")

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="deficiencies", verbose_name=_("case"))
    code = models.CharField(_("document"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OWED)
    since = models.DateTimeField(_("owed since"))
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given document")
    )
    because = models.CharField(_("what is wrong with it"), max_length=400, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)

    class Meta:
        verbose_name = _("missing document")
        verbose_name_plural = _("missing documents")
        constraints = [
            models.UniqueConstraint(fields=["docket", "code"], name="deficiency_once"),
            models.CheckConstraint(condition=~Q(state="verified") | Q(verified_at__isnull=False), name="deficiency_verified_when"),
        ]

    def __str__(self):
        return f"{self.docket_id} {self.code}: {self.state}"
