"""Filters of the worklist kept under a name: one's own, and those that somebody of one's office shares."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.people import scope
from xinyijian.people.unmasking import NUMBER

from .models import SavedView
from .rules import Refused, Unmet
from .worklist_filter import NAMES, Filter

SHARE = "casework.share_views"
MOST, PINNED = 30, 8  # of one owner; of them at the side of the list, where each is counted
FULL = Unmet("full", _("You keep %(most)d views already") % {"most": MOST}, remedy=_("Delete one that you no longer need"))
PINS = Unmet("pins", _("%(most)d views are pinned already") % {"most": PINNED}, remedy=_("Unpin another one first"))
TAKEN = Unmet("taken", _("You have a view of this name"), remedy=_("Choose another name"))
EMPTY = Unmet("empty", _("Nothing is filtered"), remedy=_("Choose what the view is to show, then keep it"))
NAMELESS = Unmet("nameless", _("The view has no name, or a very long one"), remedy=_("Give it a name of at most 40 signs"))
PERSONAL = Unmet("personal", _("The name holds a certificate or phone number"), remedy=_("Name it after the work, never after a person"))
NOT_SHARED = Unmet("not_shared", _("None of your posts lets you share a view"), remedy=_("Ask an officer to share it"))


def of(user, at) -> list[SavedView]:
    """Hers and those that her offices share: pinned ones first, by name."""
    offices = {post.organisation_id for post in scope.posts_of(user, at)}
    rows = SavedView.objects.filter(Q(owner=user) | Q(office__in=offices)).select_related("office")
    return list(rows.order_by("-pinned", "name", "pk")[: 3 * MOST])


def filter_of(view) -> Filter:
    """What it shows; a name that is no longer asked after is left out."""
    return Filter(**{name: value for name, value in view.wish.items() if name in NAMES})


def may_share(user, at) -> bool:
    """Whether she may let her office see a view."""
    return _office(user, at) is not None


def keep(user, name, wish, *, pinned, shared, at) -> SavedView:
    """A new one; Refused with all that stands in the way."""
    mine = SavedView.objects.filter(owner=user)
    unmet = _unmet_name(name) + ([FULL] if mine.count() >= MOST else []) + ([] if wish.asked else [EMPTY])
    unmet += _unmet_sharing(user, shared, at) + _unmet_pin(user, pinned)
    if unmet:
        raise Refused(unmet)
    office = _office(user, at) if shared else None
    with _named_once():
        return SavedView.objects.create(owner=user, office_id=office, name=name.strip(), wish=wish.asked, pinned=pinned, made_at=at)


def change(view, *, name, pinned, shared, at):
    """Another name, at the side of the list or not, shared or not; by its owner. One that was deleted meanwhile stays deleted."""
    pins = [] if view.pinned else _unmet_pin(view.owner, pinned)
    sharing = [] if view.office_id and shared else _unmet_sharing(view.owner, shared, at)
    if unmet := _unmet_name(name) + pins + sharing:
        raise Refused(unmet)
    office = (view.office_id or _office(view.owner, at)) if shared else None
    with _named_once():
        SavedView.objects.filter(pk=view.pk).update(name=name.strip(), pinned=pinned, office=office)


@contextmanager
def _named_once():
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Refused([TAKEN]) from None


def _unmet_name(name):
    name = name.strip()
    shape = 0 < len(name) <= 40 and name.isprintable()
    return [unmet for lacking, unmet in ((not shape, NAMELESS), (NUMBER.search(name), PERSONAL)) if lacking]


def _unmet_pin(user, pinned):
    return [PINS] if pinned and SavedView.objects.filter(owner=user, pinned=True).count() >= PINNED else []


def _unmet_sharing(user, shared, at):
    return [NOT_SHARED] if shared and _office(user, at) is None else []


def _office(user, at):
    """The office with which she may share: of her main post that lets her."""
    allowed = scope.roles.allowed(SHARE)
    return next((post.organisation_id for post in scope.posts_of(user, at) if post.role in allowed), None)
