"""The desk: the worklist, and claims."""

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from xinyijian.people import scope
from xinyijian.people.models import User

from . import bulk, case_page, claims, pages, saved_views, stand_ins, words, worklist
from .business_time import business_now
from .filter_forms import FilterForm
from .models import Docket
from .rules import Refused
from .worklist_filter import named

NAMES = {
    "all": gettext_lazy("All"),
    "mine": gettext_lazy("In my hands"),
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due today"),
    "standin": gettext_lazy("For those away"),
}
KEPT = ("view", "saved", "what", "due", "town", "gap", "held", "after", "show", "ticked")  # what an address of the worklist says
STAMP = "%Y%m%dT%H%M%S%f%z"


class DeskView(LoginRequiredMixin, View):
    """For staff, where it names a permission for those who hold it somewhere; for everybody else there is no such page."""

    permission = ""

    def dispatch(self, request, *args, **kwargs):
        self.at = business_now()
        if request.user.is_authenticated and not self.is_for(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def is_for(self, user):
        return user.is_staff and (not self.permission or scope.holds_anywhere(user, self.permission, self.at))

    def back(self):
        """To the page of the desk from which a form was sent."""
        wish = self.request.POST.get("next", "")
        return redirect(wish if wish.startswith("/") and url_has_allowed_host_and_scheme(wish, None) else "casework:worklist")


class Worklist(DeskView):
    """What waits for me, earliest due first; beside it what I look at (?show=number)."""

    def get(self, request):
        user, wish = request.user, request.GET
        counts, saved = worklist.counts_of(user, self.at), saved_views.of(user, self.at)
        view, kept, form, asked = self.wanted(wish, counts, saved)
        page = worklist.page_of(user, self.at, wish=asked, after=_place(wish.get("after", "")))
        return render(
            request,
            "desk/worklist.html",
            {
                "place": "worklist",
                "at": self.at,
                "counts": counts,
                "views": _views(counts, "" if kept or form.has_changed() else view, len(stand_ins.of(user, self.at))),
                "kept": kept,
                "saved": self.saved(saved, kept),
                "form": form,
                "narrowed": form.has_changed(),
                "share": saved_views.may_share(user, self.at),
                "stands_in": stand_ins.of(user, self.at),
                "away": stand_ins.away(user, self.at),
                "many": len(counts.kinds) > 1,
                "rows": [row_of(d, user, wish, self.at) for d in page.rows],
                "next_url": _address(wish, after=_text(page.next), show=None, ticked=None) if page.next else "",
                "first_url": _address(wish, after=None, show=None, ticked=None) if "after" in wish else "",
                "preview": self.preview(wish.get("show")),
                "colleagues": self.colleagues(page.rows),
                "ticked": wish.get("ticked") == "all",
                "tick_url": _address(wish, ticked="all"),
                "untick_url": _address(wish, ticked=None),
                "bulk": bulk.is_offered(user, page.rows, self.at),
            },
        )

    def wanted(self, wish, counts, saved):
        """(built-in view, kept view or None, form, what is shown); 404 for what was never offered."""
        view, key = wish.get("view", "all"), wish.get("saved", "")
        kept = next((one for one in saved if str(one.pk) == key), None)
        if view not in {*NAMES, *counts.kinds, *wanted_kinds()} or (key and kept is None):
            raise Http404
        form = FilterForm(wish, queues=worklist.queues_of(self.request.user, self.at), deputy=True)
        if not form.is_valid():
            raise Http404
        asked = saved_views.filter_of(kept) if kept else form.filter if form.has_changed() else named(view)
        return view, kept, form, asked

    def saved(self, views, kept):
        """Her views for the side: the pinned ones with their figures, bounded as all others are."""
        pinned = [view for view in views if view.pinned][: saved_views.PINNED]
        figures = worklist.matching(self.request.user, self.at, [saved_views.filter_of(view) for view in pinned])
        shown = [(view, f"{n}+" if n > worklist.CAP else str(n)) for view, n in zip(pinned, figures, strict=True)]
        rest = [(view, "") for view in views if view not in pinned]
        return [{"view": view, "count": n, "current": view == kept, "pinned": bool(n)} for view, n in shown + rest]

    def preview(self, number):
        """One case in short; who may not see it sees nothing."""
        if not number:
            return None
        case = pages.find_case(number, by=self.request.user, at=self.at)
        case_page.note_reading(case, by=self.request.user, at=self.at, where="preview")
        return case_page.for_desk(case, by=self.request.user, at=self.at, wish={})

    def colleagues(self, dockets):
        """To whom the rows may be handed: of the queue that this page shows most of all, its first."""
        return [user for user in claims.colleagues(dockets[0], self.at) if user != self.request.user] if dockets else []


class Claims(DeskView):
    """Take in hand, put back, hand over: one case or the ticked ones, each with its own outcome."""

    def get(self, request):
        return redirect("casework:worklist")

    def post(self, request):
        numbers, deed = request.POST.getlist("number"), request.POST.get("deed")
        dockets = Docket.objects.visible_to(request.user, self.at).filter(number__in=numbers[:100]).order_by("pk")
        if not numbers:
            messages.warning(request, _("Tick the cases first"))
        elif deed not in ("take", "release", "hand_over") or not dockets:
            raise Http404
        for docket in dockets:
            self.do(deed, docket)
        return self.back()

    def do(self, deed, docket):
        try:
            if deed == "hand_over":
                claims.hand_over(docket, self.colleague(), by=self.request.user, at=self.at)
            else:
                getattr(claims, deed)(docket, by=self.request.user, at=self.at)
        except Refused as no:
            messages.error(self.request, f"{docket.number}{_(': ')}{'; '.join(f'{u.text}. {u.remedy}' for u in no.unmet)}")

    def colleague(self):
        name = self.request.POST.get("to", "")
        return User.objects.filter(pk=int(name)).first() if name.isdecimal() and len(name) < 19 else None


def wanted_kinds():
    """Every kind of case there is: an empty view of one is no mistake."""
    from .models.case import case_classes

    return {model._meta.label for model in case_classes()}


def _views(counts, current, absent):
    """[{url, word, count, current}] for the list at the left; for whom she stands in, if for anybody."""
    figures = {"all": counts.all, "mine": counts.mine, "overdue": counts.overdue, "today": counts.today, **counts.kinds}
    figures |= {"standin": None} if absent else {}
    return [
        {
            "url": f"?view={name}",
            "word": NAMES.get(name) or words.title(name),
            "count": _figure(n, counts, name) if n is not None else "",
            "current": name == current,
            "kind": name not in NAMES,
        }
        for name, n in figures.items()
    ]


def _figure(number, counts, name):
    """ "1000+" where counting stopped; of a part of a capped count only "at least" is known."""
    if number > worklist.CAP:
        return f"{worklist.CAP}+"
    return f"{number}+" if counts.capped and name not in ("mine", "overdue") else str(number)


def row_of(docket, user, wish, at):
    """What a line of a list says of a register entry."""
    held = claims.holding(docket, at)
    return {
        "docket": docket,
        "url": f"/cases/{docket.number}/",
        "preview_url": _address(wish, show=docket.number),
        "held": held,
        "mine": bool(held) and held.holder_id == user.pk,
        "title": words.title(docket.kind),
        "ask": words.due(docket.kind, docket.due_name, staff=True),
        "status": words.status(docket.kind, docket.status, staff=True),
        "shown": wish.get("show") == docket.number,
    }


def _address(wish, **changes) -> str:
    """The worklist's address with some of its query changed."""
    query = QueryDict(mutable=True)
    query.update({name: wish[name] for name in KEPT if name in wish} | {k: v for k, v in changes.items() if v})
    for name in [name for name, value in changes.items() if not value]:
        query.pop(name, None)
    return f"/desk/?{query.urlencode()}"


def _text(place) -> str:
    return f"{place[0].astimezone(UTC):{STAMP}}_{place[1]}" if place else ""


def _place(text):
    """The place (due_at, pk) of an address; 404 for what was never one."""
    if not text:
        return None
    moment, _line, pk = text.rpartition("_")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f%z"), int(pk[:18])
    except ValueError:
        raise Http404 from None
