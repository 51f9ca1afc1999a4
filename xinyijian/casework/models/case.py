from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from xinyijian.casework.days import day_of
from xinyijian.casework.legal_time import Term
from xinyijian.casework.rules import FOUR_EYES
from xinyijian.people import authority
from xinyijian.people.models import Organisation, Person, Region
from xinyijian.policies import params_for

from .docket import APPLICANT, Docket, seen_by


@dataclass(frozen=True, slots=True)
class Due:
    """What must happen when. With a verb the clock presses it; with a role it waits for a person."""

    name: str
    term: Term
    verb: str = ""
    role: str = ""

    @property
    def at(self):
        return self.term.at


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user, at):
        """Own cases, those of people who granted it for this service, and those within reach of a post."""
        own = Q(pk__in=[])
        if user.person_id:
            served = authority.served_by(user, at)
            others = (served.get(scope, set()) for scope in ("*", self.model._meta.app_label))
            own = Q(person__in={user.person_id}.union(*others))
        return self.filter(seen_by(user, at) | own)

    def due(self, at):
        """What the clock has to press by now, earliest first."""
        return self.filter(Q(retry_at=None) | Q(retry_at__lte=at), next_due_at__lte=at).order_by("next_due_at", "pk")


class Case(models.Model):
    """Something the bureau or a hospital does for someone (办件). Changes only through workflow.act."""

    status = FSMField(_("status"), default="draft", protected=True)
    number = models.CharField(_("number"), max_length=32, unique=True, editable=False)
    docket = models.OneToOneField(Docket, models.PROTECT, related_name="+", editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"))
    occurred_at = models.DateTimeField(_("truly happened at"), null=True, blank=True, editable=False)  # of what was entered late
    agent = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("relative who acts"))
    start_key = models.UUIDField(unique=True, null=True, editable=False)  # single use: two posts of one form are one case
    next_verb = models.CharField(max_length=40, blank=True, editable=False)
    next_due_at = models.DateTimeField(null=True, editable=False)
    retry_at = models.DateTimeField(null=True, editable=False)

    objects = CaseQuerySet.as_manager()
    prefix: str  # of its numbers
    title: str  # what people call this kind of case
    FINAL: tuple = ()  # the states in which the case is closed
    public_status: dict = {}  # status -> (word for the person, tone); the inside word is the choice's label
    four_eyes_unmet = FOUR_EYES  # what is said to whoever had a hand in it
    figures: dict = {"received": "opened_at"}  # for the bureau's report: fields of when it was sent ("received") and to be decided ("told")
    letter_reads: tuple = ()  # foreign keys that letter_rows reads
    deadlines_read_facts = True  # False spares the sweep the loading of facts that only rules read

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["next_due_at", "id"], name="%(class)s_due", condition=Q(next_due_at__isnull=False)),
            models.Index(fields=["status", "-id"], name="%(class)s_in_state"),  # the admin's list of one state, also of a rare one
        ]

    def __str__(self):
        return self.number

    @classmethod
    def facts_for(cls, cases, at) -> dict:
        """{pk: facts} for one case or two thousand, in the same number of queries."""
        raise NotImplementedError

    def params(self):
        """The policy of this case's region on the day it was asked for (the day counts)."""
        return params_for(self._meta.app_label, self.region_id, day_of(self.asked_at))

    def deadlines(self, facts, params) -> list[Due]:
        """What is due if nobody acts first. Pure: own fields, facts and policy; no queries."""
        return []

    @property
    def asked_at(self):
        """When it was truly asked for: what protects the person counts from here, also when a system was down (docs/downtime.md)."""
        return self.occurred_at or self.opened_at

    @property
    def is_closed(self) -> bool:
        """Whether nobody has anything left to do."""
        return self.status in self.FINAL

    @property
    def makers(self) -> set:
        """Users whose work it is, and who therefore do not decide it; a service adds whoever else had a hand in it."""
        return {self.opened_by_id}

    def is_work_of(self, user) -> bool:
        """Whether she had a hand in it, or it is her own or her relative's: then a colleague decides."""
        own = user.person_id is not None and user.person_id in (self.person_id, self.agent_id)
        return own or (user.pk is not None and user.pk in self.makers)

    def entry(self, dues, at) -> tuple:
        """What the register says of this case: a pure function of it. (status, whose turn, what, by when, closed since, received)

        What staff have to do comes before what the applicant owes: then the case stands in exactly one queue.
        """
        received = None if self.status == "draft" else getattr(self, self.figures["received"])
        if self.is_closed:
            return self.status, "", "", None, at, received
        waiting = min((d for d in dues if d.role), key=lambda d: (d.role == APPLICANT, d.at), default=None)
        turn = (waiting.role, waiting.name, waiting.at) if waiting else ("", "", None)
        return self.status, *turn, None, received

    def notice_words(self, params, dues) -> dict:
        """What templates of notices may say beside number and link: plain, hashable, and naming nobody."""
        mine = min((due.at for due in dues if due.role), default=None)
        return {"due_at": mine}

    def offers(self, verb, at) -> bool:
        """Whether a button that the state allows makes sense just now; the rules decide, this only keeps pages calm."""
        return True

    def admits(self, verb, user) -> bool:
        """Whether this user may press it on this very case, whatever her posts allow."""
        return True

    def also_tells(self, verb) -> list[tuple]:
        """[(person id, notice)] who is told of this step besides the person and the relative who acts for her, and in which words."""
        return []

    @classmethod
    def follow_corrected(cls, person_ids, *, by, at) -> int:
        """These people's own data were corrected: whatever here rests on them follows, in the same transaction; how many cases did."""
        return 0

    @classmethod
    def needs_of(cls, user, at) -> list[dict]:
        """What somebody is asked to do in cases that are not hers, in the shape of needs.of."""
        return []

    @classmethod
    def gists(cls, numbers) -> dict:
        """{number: what tells this case from her others, in a word or two}; one query at most."""
        return {}

    def letter_rows(self) -> list[tuple]:
        """(word, value) of what was filed, for letters; without addresses and contacts. Words lazy, values in the active language."""
        return []

    def gap_effect(self) -> str:
        """What happens when documents that may follow later do not come, in one or two sentences."""
        return ""

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        # A protected field refuses even a reload; let it be written once, as on first load.
        names = list(fields or [f.attname for f in self._meta.concrete_fields])
        if "status" in names:
            self.__dict__.pop("status", None)
        super().refresh_from_db(using=using, fields=names, from_queryset=from_queryset)

    def clean_fields(self, exclude=None):
        # Nor does it like being cleaned; nobody types a status anyway.
        super().clean_fields(exclude={*(exclude or ()), "status"})


def case_classes() -> list[type[Case]]:
    """Every service's Case class."""
    return [m for m in apps.get_models() if issubclass(m, Case)]
