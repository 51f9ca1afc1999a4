"""Care outside the home region (异地就医): filings, their states and steps."""
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import deficiencies, reuse
from xinyijian.casework.actors import clock_only, platform_only, the_applicant
from xinyijian.casework.models import Case, WithGaps
from xinyijian.casework.rules import Refused
from xinyijian.casework.steps import step

from . import answers, buttons, counter, deadlines, facts, letter_rows, policy, states, validity
from .changes import end_replaced, open_replacement
from .effects import begin_coverage, call_hospital, close_coverage, end_coverage
from .entitlements import of_type
from .parameters import names_of


class Filing(WithGaps, answers.Answers, Case):
    """A filing for care outside the home region (异地就医备案), of any type and by any channel."""

    Status, Type, Basis, Channel, Occasion = states.Status, states.Type, states.Basis, states.Channel, states.Occasion
    prefix, title, Facts = "RC", _("Filing for care outside the home region"), policy.Facts
    FINAL, LIVE = states.FINAL, states.LIVE
    deadlines_read_facts, letter_reads, figures = False, ("place",), {"received": "first_sent_at", "told": "decide_told"}
    public_status = states.PUBLIC

    first_sent_at = models.DateTimeField(_("first sent at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("submitted by"))
    decide_told = models.DateTimeField(_("day of the decision as it was told"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    redo = models.JSONField(_("documents to be given again"), default=list, blank=True)
    because = models.TextField(_("reason given"), blank=True)
    reasons = models.JSONField(_("reasons of the refusal"), default=list, blank=True)  # codes
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by"))
    platform_number = models.CharField(_("platform number"), max_length=30, blank=True)
    number_by = models.ForeignKey(  # of a number that came from no platform's answer
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("number entered by hand by"))
    in_force_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    used_at = models.DateTimeField(_("first settled directly at"), null=True, blank=True)
    bills = models.JSONField(_("numbers of the bills settled directly"), default=list, blank=True)
    cancel_refused_at = models.DateTimeField(_("platform refused to take the number back at"), null=True, blank=True)

    class Meta(Case.Meta):
        verbose_name, verbose_name_plural = _("filing"), _("filings")
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("opened_by")), name="filing_four_eyes"),
            models.CheckConstraint(condition=~Q(decided_by=F("submitted_by")), name="filing_sent_by_another"),
            models.CheckConstraint(condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="filing_ends_after_it_begins"),
            models.UniqueConstraint(fields=["platform_number"], condition=~Q(platform_number=""), name="filing_platform_number_once"),
            models.CheckConstraint(condition=~Q(status="in_force") | ~Q(platform_number=""), name="filing_in_force_has_number"),
            ExclusionConstraint(
                name="filing_once_per_city",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (Func(F("start_on"), F("end_on"), RangeBoundary(inclusive_upper=True), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["accepted", "in_force"]) & ~Q(type="emergency"),  # it counts as filed beside any other
            ),
        ]

    @step([Status.DRAFT, Status.RETURNED], Status.SUBMITTED, label=_("Send the filing"), done=_("Sent to the bureau"),
          permission=(the_applicant, "remote_care.submit_filing"), rules=policy.ALL, notice="submit",
          effect=_("The bureau looks at it and tells you"))
    def submit(self, *, by, at):
        self.first_sent_at = self.first_sent_at or at
        self.submitted_at, self.submitted_by_id, self.because, self.redo, self.decide_told = at, by.pk, "", [], None
        self.decide_told = deadlines.decision_term(self, self.params()).at

    @step(Status.SUBMITTED, Status.ACCEPTED, label=_("Accept"), done=_("Accepted"),
          permission="remote_care.accept_filing", rules=policy.ALL, derives={"gaps": policy.secondary_missing}, four_eyes=True,
          decision="accepted", notice="accept", letter="accepted", errand="ask_number", then=(deficiencies.open_gaps,),
          bulk=True, effect=_("The number is asked at once; then the filing is in force. What is missing may follow later."))
    def accept(self, *, by, at, gaps):
        self.accepted_at, self.decided_by_id = at, by.pk
        self.start_on, self.end_on = validity.of_filing(self, self.params(), at)
        if gaps:
            self.owe(gaps, at)

    @step(Status.SUBMITTED, Status.RETURNED, label=_("Return for correction"), done=_("Returned for correction"), then=(reuse.send_back,),
          permission="remote_care.return_filing", notice="return_to_applicant", letter="told_once", weighs=policy.ALL, tone="plain",
          effect=_("The applicant is told once and completely what to mend, and sends it again"))
    def return_to_applicant(self, *, by, at, redo, because):
        self.returned_at, self.redo, self.because = at, list(redo), because

    @step(Status.SUBMITTED, Status.REFUSED, label=_("Refuse"), done=_("Refused"), permission="remote_care.refuse_filing",
          weighs=policy.ALL, four_eyes=True, decision="refused", notice="refuse", letter="not_accepted", tone="danger",
          effect=_("The applicant is told every reason and her remedies; she may file again"))
    def refuse(self, *, by, at, reasons, because):
        self.reasons, self.because, self.decided_by_id = list(reasons), because, by.pk

    @step(Status.ACCEPTED, Status.REFUSED, label=_("Take the acceptance back"), done=_("Acceptance taken back"),
          permission="remote_care.refuse_filing", weighs=policy.ALL, decision="refused", notice="refuse", letter="refused",
          tone="danger",
          effect=_("For when the platform refuses the filing; the applicant is told why and what she can do"))
    def take_back(self, *, by, at, reasons, because):
        self.reasons, self.because = list(reasons), because

    @step(Status.ACCEPTED, Status.IN_FORCE, label=_("Enter the number by hand"), done=_("In force"),
          permission=(platform_only, "remote_care.enter_number"), rules=(), notice="put_in_force", letter="granted",
          then=(end_replaced, begin_coverage, call_hospital), tone="plain",
          effect=_("For when the platform cannot be reached: the number from the core system puts the filing in force"))
    def put_in_force(self, *, by, at, number):
        self.platform_number, self.number_by_id, self.in_force_at = number, by.pk, at
        if self.occasion == self.Occasion.ADMITTED and not self.organisation_id:
            self.organisation_id = self.care_organisation_id  # its insurance office settles directly at discharge

    @step([Status.ACCEPTED, Status.IN_FORCE, Status.LAPSED], None, label=_("Hand in a document"), done=_("Document handed in"),
          permission=(the_applicant, "remote_care.submit_filing"), notice="give_missing", then=(deficiencies.take,), tone="plain",
          effect=_("The bureau checks it and tells you"))
    def give_missing(self, *, by, at, code, document):
        self.hand_in(code, at)

    @step([Status.ACCEPTED, Status.IN_FORCE, Status.LAPSED], None, label=_("The document is good"), done=_("Document verified"),
          permission="casework.verify_gap", notice="verify_gap", then=(deficiencies.verify,), four_eyes=True,
          effect=_("It is no longer owed; when it was the last one, nothing more is needed"))
    def verify_gap(self, *, by, at, code):
        self.settle_gap(code)
        if not self.gaps:
            self.gap_overdue_at = None

    @step([Status.ACCEPTED, Status.IN_FORCE, Status.LAPSED], None, label=_("The document will not do"), done=_("Document sent back"),
          permission="casework.verify_gap", notice="reject_gap", then=(deficiencies.reject,), tone="danger",
          effect=_("It is owed again; the time we took to look is added to the term"))
    def reject_gap(self, *, by, at, code, because):
        self.give_back(code, at)

    @step(Status.IN_FORCE, None, label=_("Remind"), done=_("Reminded of the missing document"), permission=clock_only, notice="remind_gap")
    def remind_gap(self, *, by, at):
        self.gap_reminded_at = at

    @step(Status.IN_FORCE, None, label=_("Gap overdue"), done=_("The missing document is overdue; an officer decides"),
          permission=clock_only, notice="mark_overdue", then=(deficiencies.expire,))
    def mark_overdue(self, *, by, at):
        self.gap_overdue_at = at

    @step(Status.IN_FORCE, Status.LAPSED, label=_("Let it lapse"), done=_("Lapsed"), permission=(clock_only, "remote_care.end_filing"),
          rules=(policy.gap_is_overdue,), decision="lapsed", notice="lapse", letter="ended", errand="cancel_number",
          then=(deficiencies.expire, end_coverage), tone="danger",
          bulk=True, effect=_("The filing no longer counts from tomorrow; emergency care and reimbursement are not affected"))
    def lapse(self, *, by, at):
        self.gap_overdue_at = self.gap_overdue_at or at

    @step(Status.IN_FORCE, None, label=_("Give more time"), done=_("More time given"), permission="remote_care.end_filing",
          rules=(policy.gap_is_overdue,), notice="extend_gap", then=(deficiencies.reopen,), tone="plain", four_eyes=True,
          bulk=True, effect=_("The term begins anew today; the filing stays in force"))
    def extend_gap(self, *, by, at, because):
        self.owe(self.gaps, at)

    @step(Status.IN_FORCE, Status.ENDED, label=_("End"), done=_("Ended"), permission=clock_only, notice="end", then=(close_coverage,))
    def end(self, *, by, at):
        pass

    @step(Status.IN_FORCE, None, label=_("Settled directly"), done=_("Used: care there was settled directly"),
          permission=(platform_only, "remote_care.note_use"), notice="note_use", tone="plain",
          effect=_("Press it after the bill was settled directly; then the filing can be ended, but no longer taken back"))
    def note_use(self, *, by, at, bill=""):
        if bill in self.bills:  # told twice is used once
            raise Refused([policy.BILL_NOTED])
        self.used_at, self.bills = self.used_at or at, [*self.bills, bill]

    @step(Status.IN_FORCE, None, label=_("Change the city"), done=_("A change of the city was begun"),
          permission=(the_applicant, "remote_care.cancel_filing"), rules=(policy.change_wait_is_over,), notice="change",
          then=(open_replacement,), tone="plain",
          effect=_("A new filing is begun with what you told us; this one counts until the new one does"))
    def change(self, *, by, at):
        pass

    @step(Status.IN_FORCE, Status.ENDED, label=_("Replaced by another filing"), done=_("Ended: another filing took its place"),
          permission=platform_only, notice="give_way", errand="cancel_number", then=(end_coverage,))
    def give_way(self, *, by, at):
        pass

    @step(Status.IN_FORCE, Status.CANCELLED, label=_("Cancel the filing"), done=_("Cancelled"),
          permission=(the_applicant, "remote_care.cancel_filing"), rules=(policy.not_yet_used, policy.wait_is_over), notice="cancel",
          letter="ended", errand="cancel_number", then=(end_coverage,), tone="danger",
          effect=_("From tomorrow care there is no longer settled directly; care at home is not affected"))
    def cancel(self, *, by, at, because):
        self.because = because

    @step(Status.IN_FORCE, Status.ENDED, label=_("End the filing"), done=_("Ended by the applicant"),
          permission=(the_applicant, "remote_care.cancel_filing"), rules=(policy.wait_is_over,), notice="finish",
          letter="ended", errand="cancel_number", then=(end_coverage,), tone="danger",
          effect=_("What was settled stays settled; from tomorrow care there is no longer settled directly"))
    def finish(self, *, by, at, because):
        self.because = because

    @step(Status.IN_FORCE, Status.ENDED, label=_("End it with a reason"), done=_("Ended early by the bureau"),
          permission="remote_care.end_filing", notice="finish", letter="ended", errand="cancel_number", then=(end_coverage,),
          tone="danger",
          effect=_("For somebody who has moved back before the waiting time is over; the reason stands in the record"))
    def end_early(self, *, by, at, because):
        self.because = because

    @step([Status.LAPSED, Status.CANCELLED, Status.ENDED], None, label=_("Number not taken back"),
          done=_("The platform did not take the number back"), permission=platform_only, notice="note_cancel_refused")
    def note_cancel_refused(self, *, by, at):
        self.cancel_refused_at = at

    @step([Status.LAPSED, Status.CANCELLED, Status.ENDED], None, label=_("The number is taken back"), done=_("Number taken back by hand"),
          permission="remote_care.enter_number", notice="confirm_cancelled",
          bulk=True, effect=_("For when you have ended the filing in the core system; then nothing is left to do here"))
    def confirm_cancelled(self, *, by, at):
        self.cancel_refused_at = None

    @step([Status.DRAFT, Status.SUBMITTED, Status.RETURNED], Status.WITHDRAWN, label=_("Withdraw"), done=_("Withdrawn"),
          permission=(the_applicant, "remote_care.submit_filing"), notice="withdraw", tone="plain",
          effect=_("Nothing more happens with this filing; you may file again at any time"))
    def withdraw(self, *, by, at):
        pass

    deadlines = deadlines.of_filing
    facts_for = classmethod(facts.for_filings)
    letter_rows, gap_effect, gists = letter_rows.of_filing, letter_rows.gap_effect_of, classmethod(letter_rows.gists_of)
    admits, offers = counter.admits, buttons.offers

    @property
    def makers(self) -> set:
        """Who opened it, and who sent it."""
        return {self.opened_by_id, self.submitted_by_id}

    @property
    def is_closed(self) -> bool:
        """Open again: while a late document waits to be looked at, and while the platform has not taken the number back."""
        return self.status in self.FINAL and not self.given and not self.cancel_refused_at

    def notice_words(self, params, dues) -> dict:
        gap_day = self.gap_term(params).last_day if self.gap_since else None
        own = {"owed": tuple(self.owed), "gap_day": gap_day, "place": self.place_id, "start_on": self.start_on}
        own |= {"lapsed": self.status == self.Status.LAPSED, "late": bool(self.gap_overdue_at), "paid": self.occasion == "paid"}
        own |= {"admitted": self.occasion == "admitted", "share": of_type(params, self.type, self.insutype).filed if self.type else ""}
        return super().notice_words(params, dues) | own | {"platform_number": self.platform_number, "because": self.because}

    @property
    def gap_names(self) -> str:
        """The documents still owed, in words."""
        return names_of(self.owed)

    @property
    def gap_day(self) -> str:
        """The last day on which they may come, as 2026-12-07."""
        return self.gap_term(self.params()).last_day.isoformat() if self.gap_since else ""
