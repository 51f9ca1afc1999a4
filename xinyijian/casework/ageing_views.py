"""The desk's ageing report of documents that are still owed, and the list behind each figure."""
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from . import ageing, words
from .worklist_views import DeskView, wanted_kinds


class Gaps(DeskView):
    """Figures first; ?kind=&region=&band= opens the list behind one."""

    def get(self, request):
        if not ageing.may_read(request.user, self.at):
            raise Http404
        found = ageing.lines(request.user, self.at)
        context = {"place": "gaps", "at": self.at, "lines": found, "heads": bands(), "total": sum(line.total for line in found)}
        return render(request, "desk/gaps.html", context | self.behind(request.GET))

    def behind(self, wish):
        """The list behind the figure that the address names."""
        kind, region, band, state = (wish.get(name, "") for name in ("kind", "region", "band", "state"))
        if not kind:
            return {}
        if kind not in wanted_kinds() or not region.isdecimal() or (band and not _is_band(band)) or (state and state not in ageing.OPEN):
            raise Http404
        after = wish.get("after", "0")
        if not (after.isdecimal() and after.isascii() and len(after) < 19):
            raise Http404
        rows = ageing.rows(self.request.user, self.at, kind=kind, region=region, band=int(band) if band else None, state=state,
                           after=int(after))
        named, shown = words.of_service(kind).document_name, rows[: ageing.SIZE]
        return {
            "kind": kind,
            "title": words.title(kind),
            "band": bands()[int(band)] if band else "",
            "rows": [{"gap": gap, "name": named(gap.code), "days": (self.at - gap.since).days} for gap in shown],
            "next": f"?kind={kind}&region={region}&band={band}&state={state}&after={shown[-1].pk}" if len(rows) > len(shown) else "",
        }


def bands() -> list[str]:
    """Names of the bands: up to 7 days, 8 to 14 days …"""
    firsts = (0, *(days + 1 for days in ageing.BANDS[:-1]))
    named = [_("%(first)d–%(last)d days") % {"first": first, "last": last} for first, last in zip(firsts, ageing.BANDS, strict=True)]
    return [*named, _("more than %(days)d days") % {"days": ageing.BANDS[-1]}]


def _is_band(text):
    return text.isascii() and text.isdecimal() and len(text) == 1 and int(text) <= len(ageing.BANDS)
