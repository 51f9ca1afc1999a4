"""A family link (亲属关系登记): asked for by one, agreed to by both, verified by a clerk, ended by either."""
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import reuse
from xinyijian.casework.actors import clock_only, the_applicant
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Case
from xinyijian.casework.models.case import CaseQuerySet
from xinyijian.casework.models.docket import seen_by
from xinyijian.casework.rules import Refused
from xinyijian.casework.steps import step
from xinyijian.people import authority, consents, masking, ties
from xinyijian.people.certificates import CertType
from xinyijian.people.crypto import DigestField, EncryptedTextField
from xinyijian.people.models import Person, Relation

from . import birthdays, deadlines, facts, letter_rows, parties, policy, states


class LinkQuerySet(CaseQuerySet):
    def visible_to(self, user, at):
        """Own links, those of a minor by her guardian, those to which one is asked to agree, and those within reach of a post."""
        seen = seen_by(user, at)
        if user.person_id:
            minors = authority.minor_ids_of(user, at)
            asked = Q(relative=user.person_id) | Q(relative__in=minors) | Q(guardian=user.person_id)
            seen |= Q(person=user.person_id) | Q(person__in=minors) | (asked & ~Q(status="draft"))
        return self.filter(seen)


def begin_links(links, *, at, by, inputs):
    """From now on the two are family for every service."""
    try:
        ties.begin_links(links, at=at, by=by)
    except ties.AlreadyTied:
        raise Refused([policy.LINKED_ALREADY]) from None


def end_links(links, *, at, by, inputs):
    """From today on they no longer are."""
    ties.end_links([link.number for link in links], on=day_of(at), because=links[0].ended_because)


class Link(Case):
    """The registration of a family link (亲属关系登记): spouse, parent or child."""

    Status, Channel = states.Status, states.Channel
    prefix, title, Facts = "KL", _("Family link"), policy.Facts
    letter_reads = ("relative",)
    FINAL, LIVE = states.FINAL, (states.Status.ASKED, states.Status.RETURNED, *states.STANDS)
    public_status = states.PUBLIC

    relation = models.CharField(_("relation"), max_length=6, choices=Relation)  # what the other one is to the person
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.ONLINE)
    # As they were typed; who it is, if anybody, is found when it is sent, and nobody but the clerk is told.
    relative_name = EncryptedTextField(_("name of the other side"))
    relative_cert_type = models.CharField(_("kind of certificate"), max_length=6, choices=CertType, default=CertType.ID_CARD)
    relative_cert = EncryptedTextField(_("certificate number of the other side"))
    cert_digest = DigestField(of="relative_cert", purpose="certificate")
    relative_born_on = models.DateField(_("birthday of the other side"), null=True, blank=True)
    relative = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the other side"))
    guardian = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("another parent"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    person_agreed_at = models.DateTimeField(_("the one who asks agreed"), null=True, blank=True)
    relative_agreed_at = models.DateTimeField(_("the other side agreed"), null=True, blank=True)
    guardian_agreed_at = models.DateTimeField(_("another parent agreed"), null=True, blank=True)
    child_consent_at = models.DateTimeField(_("separate consent for a young child"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    redo = models.JSONField(_("documents to be given again"), default=list, blank=True)
    because = models.TextField(_("reason given"), blank=True)
    reasons = models.JSONField(_("reasons of the refusal"), default=list, blank=True)  # codes
    proof = models.CharField(_("proof"), max_length=40, blank=True)  # the kind on which it was accepted
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by"))
    in_force_at = models.DateTimeField(_("registered at"), null=True, blank=True)
    comes_of_age_on = models.DateField(_("the child comes of age"), null=True, blank=True)
    review_since = models.DateTimeField(_("to be looked at since"), null=True, blank=True)
    ended_because = models.CharField(_("ended because"), max_length=20, blank=True, choices=list(states.ENDS.items()))

    objects = LinkQuerySet.as_manager()

    class Meta(Case.Meta):
        verbose_name = _("family link")
        verbose_name_plural = _("family links")
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("opened_by")), name="link_four_eyes"),
            models.CheckConstraint(condition=~Q(person=F("relative")), name="link_not_with_oneself"),
            models.CheckConstraint(name="link_both_agreed", condition=~Q(status__in=["in_force", "review"]) | Q(
                relative__isnull=False, relative_agreed_at__isnull=False, person_agreed_at__isnull=False)),
        ]

    @step([Status.DRAFT, Status.RETURNED], Status.ASKED, label=_("Send"), done=_("Sent; we have asked the other person"),
          permission=(the_applicant, "family.open_link"), rules=policy.SENT, derives={"matched": policy.matched}, notice="submit",
          then=(consents.keep,), effect=_("We ask the other person to agree; then the bureau checks your proof and tells you"))
    def submit(self, *, by, at, matched, agreed=(), how="online"):
        self.sent_at, self.because, self.redo = self.sent_at or at, "", []
        self.relative_id, self.guardian_id = (found or None for found in matched)
        parties.note(self, agreed, at)

    @step(Status.ASKED, None, label=_("Agree"), done=_("Agreed"), permission=(the_applicant, "family.take_consent"), notice="agree",
          then=(consents.keep,), effect=_("When both have agreed, the bureau checks the proof and registers the link"))
    def agree(self, *, by, at, agreed, how="online"):
        parties.note(self, agreed, at)

    @step(Status.ASKED, Status.DECLINED, label=_("Do not agree"), done=_("Not confirmed"), permission=the_applicant, notice="expire",
          tone="danger", effect=_("Nothing is registered. The person asking only sees that it could not be confirmed"))
    def decline(self, *, by, at):
        pass

    @step(Status.ASKED, Status.EXPIRED, label=_("Let it expire"), done=_("Not confirmed"), permission=clock_only, notice="expire")
    def expire(self, *, by, at):
        pass

    @step(Status.ASKED, Status.IN_FORCE, label=_("Register"), done=_("Registered"), permission="family.verify_link", rules=policy.ALL,
          derives={"comes_of_age": policy.comes_of_age, "proof": policy.proof_of}, four_eyes=True, decision="accepted", notice="accept",
          letter="granted", then=(begin_links,),
          effect=_("From now on the two count as family here; a parent can act for a child until the child turns eighteen"))
    def accept(self, *, by, at, comes_of_age, proof):
        self.in_force_at, self.decided_by_id, self.comes_of_age_on, self.proof = at, by.pk, comes_of_age, proof

    @step(Status.ASKED, Status.RETURNED, label=_("Return for correction"), done=_("Returned for correction"),
          permission="family.verify_link", notice="return_to_applicant", letter="told_once", tone="plain",
          then=(reuse.send_back,),
          effect=_("The applicant is told once and completely what to mend, and sends it again"))
    def return_to_applicant(self, *, by, at, redo, because):
        self.returned_at, self.redo, self.because = at, list(redo), because

    @step(Status.ASKED, Status.REFUSED, label=_("Refuse"), done=_("Refused"), permission="family.verify_link", weighs=policy.TOLD,
          four_eyes=True, decision="refused", notice="refuse", letter="refused", tone="danger",
          effect=_("The applicant is told every reason and may ask again"))
    def refuse(self, *, by, at, reasons, because):
        self.reasons, self.because, self.decided_by_id = list(reasons), because, by.pk

    @step(states.STANDS, Status.ENDED, label=_("End the link"), done=_("Ended"), permission=(the_applicant, "family.end_link"),
          notice="end", then=(end_links,), tone="danger",
          effect=_("It ends at once, and nobody has to agree; benefits through it end today"))
    def end(self, *, by, at, because, note=""):
        self.ended_because, self.because = because, note

    @step(states.STANDS, Status.ENDED, label=_("End because of death"), done=_("Ended"), permission=clock_only, notice="end",
          then=(end_links,))
    def end_by_death(self, *, by, at):
        self.ended_because = "death"

    @step(Status.IN_FORCE, Status.REVIEW, label=_("Look at it again"), done=_("The child has come of age"), permission=clock_only,
          notice="review")
    def review(self, *, by, at):
        self.review_since = at

    @step(Status.REVIEW, Status.IN_FORCE, label=_("Confirm the link"), done=_("Confirmed as an adult"),
          permission=(parties.grown_up, "family.verify_link"), derives={"comes_of_age": policy.comes_of_age}, notice="confirm",
          then=(consents.keep,),
          effect=_("The link stays. It does not let anyone act for an adult: that needs a permission of its own"))
    def confirm(self, *, by, at, comes_of_age, agreed=(), how="online"):
        if comes_of_age and parties.grown_up(self, by):  # a corrected birthday: she is a minor after all
            raise Refused([policy.NOT_OF_AGE])
        self.comes_of_age_on, self.review_since = comes_of_age, None  # a day only where a corrected birthday makes a minor again

    @step([Status.DRAFT, Status.ASKED, Status.RETURNED], Status.WITHDRAWN, label=_("Withdraw"), done=_("Withdrawn"),
          permission=(the_applicant, "family.open_link"), notice="withdraw", tone="plain",
          effect=_("Nothing more happens with this request; you may ask again at any time"))
    def withdraw(self, *, by, at):
        pass

    deadlines = deadlines.of_link
    facts_for = classmethod(facts.for_links)
    letter_rows = letter_rows.of_link
    admits, also_tells, is_work_of, offers = parties.admits, parties.also_tells, parties.is_work_of, parties.offers
    needs_of = classmethod(parties.needs_of)
    follow_corrected = classmethod(birthdays.follow)

    @property
    def both_agreed_at(self):
        """When the second of the two sides agreed; None while one is lacking."""
        sides = self.person_agreed_at, self.relative_agreed_at
        return max(sides) if all(sides) else None

    def person_of(self, side) -> int:
        """Whose consent it is: of a minor's side the minor, although a guardian gave it."""
        return {"person": self.person_id, "relative": self.relative_id, "guardian": self.relative_id
                if self.relation == Relation.CHILD else self.person_id}[side]

    @property
    def young_id(self) -> int | None:
        """Who is the child in this link."""
        return {Relation.CHILD: self.relative_id, Relation.PARENT: self.person_id}.get(self.relation)

    @property
    def masked_relative(self) -> str:
        """The other side as the one who asks has typed it, masked."""
        return f"{masking.name(self.relative_name)} · {masking.certificate(self.relative_cert)}"

    def notice_words(self, params, dues) -> dict:
        own = {"family_url": f"{settings.SITE_URL.rstrip('/')}/family/", "waits": self.both_agreed_at is None}
        return super().notice_words(params, dues) | own
