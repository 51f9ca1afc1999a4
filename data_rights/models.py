"""Rights over one's data (个人信息权益): a correction and a review by a person, their states and steps."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import aims
from xinyijian.casework.actors import the_applicant
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Case, Docket
from xinyijian.casework.rules import Unmet
from xinyijian.casework.steps import step
from xinyijian.people import consents, corrections, reopening
from xinyijian.people.crypto import EncryptedTextField

from . import deadlines, facts, involved, letter_rows, parameters, policy, states, words

EVIDENCE = parameters.EVIDENCE
INVOLVED = Unmet(
    "involved",
    _("You had a hand in what is to be reviewed, or it is your own"),
    remedy=_("Ask a colleague who was not involved to answer it"),
)


class Request(Case):
    """What both have in common: asked in her own words, decided once, by a day that was told."""

    said = EncryptedTextField(_("in her own words"), blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    decide_told = models.DateTimeField(_("day of the decision as it was told"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    answer = models.TextField(_("answer with reasons"), blank=True)

    deadlines = deadlines.of_request
    deadlines_read_facts = False

    class Meta(Case.Meta):
        abstract = True
        constraints = [models.CheckConstraint(condition=~Q(decided_by=F("opened_by")), name="%(class)s_four_eyes")]

    def _sent(self, at):
        self.submitted_at = at
        self.decide_told = deadlines.decision_term(self, self.params()).at

    def _decided(self, by, at, because):
        self.decided_by_id, self.decided_at, self.answer = by.pk, at, because

    letter_rows = letter_rows.of_request


class Correction(Request):
    """A request to correct what is kept about a person (个人信息更正)."""

    Status, Facts = states.CorrectionStatus, policy.CorrectionFacts
    prefix, title, term = "DC", _("Correction of personal data"), "correction_working_days"
    FINAL = (Status.CORRECTED, Status.REFUSED, Status.WITHDRAWN)
    public_status, decider = states.CORRECTION_PUBLIC, "clerk"

    field = models.CharField(_("what is wrong"), max_length=20, choices=corrections.LABELS)
    wanted = EncryptedTextField(_("what should stand there"))
    held = EncryptedTextField(_("what stood there"), blank=True)

    class Meta(Request.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    @property
    def held_shown(self) -> str:
        """What stood there, in words."""
        return words.value_of(self.field, self.held)

    @property
    def wanted_shown(self) -> str:
        """What should stand there, in words."""
        return words.value_of(self.field, self.wanted)

    @property
    def asked_on(self):
        """The day from which a day of birth must not lie in the future."""
        return day_of(self.opened_at)

    @step(Status.DRAFT, Status.SUBMITTED, label=_("Send the request"), done=_("Asked to correct it"),
          permission=(the_applicant, "data_rights.submit"), rules=policy.CORRECTION, notice="submit_correction",
          effect=_("The bureau looks at it and tells you"))
    def submit(self, *, by, at):
        self._sent(at)

    @step(Status.SUBMITTED, Status.CORRECTED, label=_("Correct it"), done=_("Corrected"), permission="data_rights.decide_correction",
          rules=policy.CORRECTION, four_eyes=True, decision="accepted", notice="accept_correction", letter="granted",
          then=(corrections.apply, aims.follow_corrections),
          effect=_("The new value is written at once; the person is told"))
    def correct(self, *, by, at, because):
        self._decided(by, at, because)

    @step(Status.SUBMITTED, Status.REFUSED, label=_("Do not correct it"), done=_("Not corrected"),
          permission="data_rights.decide_correction", weighs=policy.CORRECTION, four_eyes=True, decision="refused",
          notice="refuse_correction", letter="refused", tone="danger", effect=_("The person is told why, and what she can do about it"))
    def refuse(self, *, by, at, because):
        self._decided(by, at, because)

    @step(Status.SUBMITTED, Status.WITHDRAWN, label=_("Withdraw"), done=_("Withdrawn"),
          permission=(the_applicant, "data_rights.withdraw"), notice="withdraw_request", tone="plain",
          effect=_("Nothing more happens with this request; you may ask again at any time"))
    def withdraw(self, *, by, at):
        pass

    facts_for = classmethod(facts.for_corrections)


class Review(Request):
    """A person looks at what the system answered by itself (人工复核)."""

    Status, Facts = states.ReviewStatus, policy.ReviewFacts
    prefix, title, term = "HR", _("Review by a person"), "review_working_days"
    FINAL = (Status.CHANGED, Status.UPHELD, Status.WITHDRAWN)
    public_status, decider = states.REVIEW_PUBLIC, "officer"
    four_eyes_unmet = INVOLVED

    about = models.ForeignKey(  # null: her standing
        Docket, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about the case"))
    stood = models.CharField(_("how it stood then"), max_length=60, blank=True)

    class Meta(Request.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @property
    def stood_in_words(self) -> str:
        """The state of the case, or the standing, when the review was asked for."""
        return words.stood(self.about, self.stood)

    @property
    def makers(self) -> set:
        """Who opened it, and whoever had a hand in the case that it is about."""
        return {self.opened_by_id} | involved.in_case(self.about)

    @step(Status.DRAFT, Status.SUBMITTED, label=_("Ask a person to look"), done=_("Asked a person to look at it"),
          permission=(the_applicant, "data_rights.submit"), rules=policy.REVIEW, notice="submit_review",
          effect=_("An officer who was not involved looks at it and answers you with reasons"))
    def submit(self, *, by, at):
        self._sent(at)

    @step(Status.SUBMITTED, Status.CHANGED, label=_("The answer was wrong"), done=_("Reviewed: the answer was wrong"),
          permission="data_rights.answer_review", weighs=policy.REVIEW, four_eyes=True, decision="approved", notice="change_answer",
          effect=_("The person is told that she was right and what is done now; put it in order in the case itself"))
    def change(self, *, by, at, because):
        self._decided(by, at, because)

    @step(Status.SUBMITTED, Status.UPHELD, label=_("The answer stands"), done=_("Reviewed: the answer stands"),
          permission="data_rights.answer_review", weighs=policy.REVIEW, four_eyes=True, decision="upheld", notice="uphold_answer",
          tone="danger", effect=_("The person is told why, and what she can do about it"))
    def uphold(self, *, by, at, because):
        self._decided(by, at, because)

    @step(Status.SUBMITTED, Status.WITHDRAWN, label=_("Withdraw"), done=_("Withdrawn"),
          permission=(the_applicant, "data_rights.withdraw"), notice="withdraw_request", tone="plain",
          effect=_("Nothing more happens with this request; you may ask again at any time"))
    def withdraw(self, *, by, at):
        pass

    facts_for = classmethod(facts.for_reviews)


class Reopening(Case):
    """An account that she closed is opened for her again at the counter (重新开通账号)."""

    Status, Facts = states.ReopeningStatus, policy.ReopeningFacts
    prefix, title = "RA", _("Account opened again")
    FINAL = (Status.OPENED,)
    public_status = states.REOPENING_PUBLIC
    deadlines_read_facts = False

    because = models.TextField(_("reason"), blank=True)

    class Meta(Case.Meta):
        verbose_name = _("account opened again")
        verbose_name_plural = _("accounts opened again")

    def admits(self, verb, user) -> bool:
        """Nobody opens her own."""
        return user.person_id != self.person_id

    def person_of(self, side) -> int:
        """Whose consent it is: there is one side only."""
        return self.person_id

    @step(Status.DRAFT, Status.OPENED, label=_("Open her account again"), done=_("The account was opened again"),
          permission="people.open_account", rules=policy.REOPENING, decision="approved", notice="open_again",
          then=(reopening.open_again, consents.keep), effect=_("She can sign in again once a phone is confirmed; she is told"))
    def open_again(self, *, by, at, because, agreed, how, phone=""):
        self.because = because

    facts_for = classmethod(facts.for_reopenings)
