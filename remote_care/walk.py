"""The pages of the filing form in their order: which of them a filing needs, which rules each can mend, where one goes on."""
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import answers

from . import policy
from .papers_asked import asks_basis, list_of
from .parameters import steps_for


@dataclass(frozen=True)
class Page:
    """One small group of questions; `codes` are the unmet rules that can be mended on it."""

    slug: str
    word: str
    codes: tuple = ()

    def url(self, filing) -> str:
        return reverse(f"remote_care:{self.slug}", args=[filing.number])


NOTICE = Page("notice", _("Read the notice"), ("notice_unread",))
TYPE = Page("type", _("Type"), ("type_missing", "channel_closed"))
CARE = Page("care", _("Has care begun?"), ("emergency_is_filed",))
WHERE = Page("where", _("Where and since when"),
             ("not_away", "same_province", "start_unsound", "too_many_cities", "already_filed", "too_early_to_change"))
STAY = Page("stay", _("The stay in hospital"), ("stay_incomplete",))
BASIS = Page("basis", _("How you show that you live there"), ("commitment_not_allowed",))
REFERRAL = Page("referral", _("Who refers you"), ("referral_unsound",))
PAPERS = Page("papers", _("Your papers"), ("principal_missing",))
CONTACT = Page("contact", _("Contact and address"), ("contact_incomplete",))
SIGN = Page("sign", _("Sign"), ("commitment_lacking", "gap_not_allowed"))
CHECK = Page("check", _("Check and send"))
PAGES = {page.slug: page for page in (NOTICE, TYPE, CARE, WHERE, STAY, BASIS, REFERRAL, PAPERS, CONTACT, SIGN)}


class Walk:
    """One filing's way through the pages, on the facts of one moment."""

    def __init__(self, filing, at):
        self.filing, self.params = filing, filing.params()
        self.facts = filing.facts_for([filing], at)[filing.pk]
        self.unmet = [a for _rule, a in answers(policy.ALL, self.facts, self.params) if not a.ok]
        self.order = [*(PAGES[slug] for slug in steps_for(self.params, filing.channel)), CHECK]
        self.pages = [page for page in self.order if self._needed(page)]

    def _needed(self, page):
        needs = {
            NOTICE: not self.is_emergency, TYPE: not self.is_emergency, BASIS: asks_basis(self.filing),
            STAY: self.is_emergency or self.facts.occasion != "planned", REFERRAL: self.facts.type == "referred",
            PAPERS: any(list_of(self.filing).values()),
            SIGN: self.facts.by_commitment or bool(policy.secondary_missing(self.facts, self.params))}
        return needs.get(page, True)

    @property
    def is_emergency(self) -> bool:
        """Recorded afterwards: nothing to read and nothing to choose."""
        return self.facts.type == "emergency"

    def unmet_on(self, page) -> list:
        """The reasons against sending that this page can mend."""
        return [unmet for unmet in self.unmet if self._helps(page, unmet)]

    def page_for(self, unmet) -> Page | None:
        """Where to mend it; None for what no answer can mend."""
        return next((page for page in self.pages if self._helps(page, unmet)), None)

    def _helps(self, page, unmet):
        if unmet.code == "gap_not_allowed" and self._only_again():
            return page is PAPERS
        return unmet.code in page.codes

    def _only_again(self):
        missing = policy.secondary_missing(self.facts, self.params)
        return policy.only_again(missing, self.facts, self.params)

    def first_undone(self) -> Page:
        """Where to go on: the first page with something open, or the check."""
        return next((page for page in self.pages if self._is_undone(page)), CHECK)

    def _is_undone(self, page):
        return bool(self.unmet_on(page)) or (page is BASIS and not self.filing.basis)

    def step(self, page) -> int:
        """From 1; a page that is no longer needed counts as the one after it."""
        return sum(self.order.index(other) < self.order.index(page) for other in self.pages) + 1

    def after(self, page) -> Page:
        return next((other for other in self.pages if self.order.index(other) > self.order.index(page)), CHECK)

    def before(self, page) -> Page | None:
        return next((other for other in reversed(self.pages) if self.order.index(other) < self.order.index(page)), None)
