"""The officers' report: tables and charts, the list behind each figure, and the same as a workbook for a stated reason."""
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinyijian import audit
from xinyijian.people import scope

from .. import words
from ..days import day_of
from ..worklist_views import DeskView, wanted_kinds
from . import charts, counting, sheets, xlsx
from .columns import COLUMNS
from .forms import ExportForm, MonthsForm

CHART = ("received", "in_time", "late", "refused")  # what a month looks like at a glance


class Report(DeskView):
    """GET shows it, ?figure=… with the list behind a figure; POST makes the file."""

    def get(self, request):
        return self.show(ExportForm())

    def post(self, request):
        figures, span = self.count()
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        data = {"because": form.cleaned_data["because"], "from": f"{span.since:%Y-%m}", "rows": sum(map(len, figures.cells.values()))}
        audit.record("casework.Report", "export", by=request.user, at=self.at, region=scope.region_of(request.user, self.at), data=data)
        headers = {"Content-Disposition": f'attachment; filename="report-{span.since:%Y%m}.xlsx"', "Cache-Control": "no-store"}
        return HttpResponse(xlsx.workbook(_tables(figures, span)), xlsx.MIME, headers=headers)

    def count(self):
        """The figures of the months that are asked for; 404 for everybody who has no report."""
        user = self.request.user
        if not counting.may_read(user, self.at):
            raise Http404
        self.months = MonthsForm(self.request.GET, today=day_of(self.at))
        span = counting.span_of(user, self.at, *self.months.months())
        return counting.figures_of(user, self.at, span), span

    def show(self, form, status=200):
        figures, span = self.count()
        tables = sheets.sheets_of(figures, span)
        context = {"place": "report", "at": self.at, "months": self.months, "tables": tables, "reasons": sheets.reasons_of(figures),
                   "chart": _by_month(tables), "least": figures.least, "form": form, "query": self.request.GET.urlencode()}
        return render(self.request, "desk/report.html", context | self.behind(span), status=status)

    def behind(self, span):
        """The list behind the figure that the address names."""
        wish = self.request.GET
        name, kind, region, month = (wish.get(key, "") for key in ("figure", "kind", "region", "month"))
        if not name:
            return {}
        after = wish.get("after", "0")
        if name not in COLUMNS or (kind and kind not in wanted_kinds()) or not (after.isascii() and after.isdecimal() and len(after) < 19):
            raise Http404
        if month:
            form = MonthsForm({"from": month, "to": month}, today=day_of(self.at))
            span = counting.span_of(self.request.user, self.at, *form.months())
        found = counting.rows(name, self.at, span, kind=kind, region=region, after=int(after))
        shown = found[: counting.SIZE]
        query = wish.copy()
        query["after"] = str(shown[-1].pk) if shown else "0"
        return {
            "figure": COLUMNS[name].label,
            "rows": [{"docket": d, "title": words.title(d.kind), "status": words.status(d.kind, d.status, staff=True)} for d in shown],
            "next": f"?{query.urlencode()}" if len(found) > len(shown) else "",
        }


def _by_month(tables):
    months = next(table for table in tables if table.name == "month")
    columns = {name: number for number, name in enumerate(COLUMNS) if name in CHART}
    series = [(str(COLUMNS[name].label), [cells[number].count for _word, cells in months.rows]) for name, number in columns.items()]
    return charts.bars([word for word, _cells in months.rows], series)


def _tables(figures, span):
    """As the workbook wants them: hidden figures stay hidden."""
    found = [(sheet.title, [["", *sheet.heads], *([word, *(_plain(cell) for cell in cells)] for word, cells in sheet.rows),
                            [_("Total"), *(_plain(cell) for cell in sheet.totals)]]) for sheet in sheets.sheets_of(figures, span)]
    reasons = [[_("Service"), _("Reason"), _("Cases refused")], *map(list, sheets.reasons_of(figures))]
    return [*found, (_("Reasons of refusals"), reasons)]


def _plain(cell):
    return cell.text if cell.count is None else cell.count
