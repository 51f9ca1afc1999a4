"""Choosing a step for the ticked cases, seeing what would happen to each, and what did."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import bulk, claims, words
from .forms import form_for
from .models import BulkAct
from .rules import Refused
from .tasks import nudge
from .worklist_views import DeskView

OUTCOMES = {
    bulk.DONE: gettext_lazy("Done"),
    bulk.REFUSED: gettext_lazy("Not done"),
    bulk.CHANGED: gettext_lazy("Changed meanwhile, left alone"),
    bulk.MISSING: gettext_lazy("Not found"),
}


class Bulk(DeskView):
    """?number=…&number=… offers the steps, &step= shows each case with what stands in its way; sent with a key, it is done."""

    permission = "casework.read"

    def get(self, request):
        return self.show(request.GET)

    def post(self, request):
        if "key" in request.POST:
            return self.press(request.POST)
        numbers = numbers_of(request.POST)
        if not numbers:
            messages.warning(request, _("Tick the cases first"))
            return self.back()
        return redirect(f"/desk/bulk/?{urlencode([('number', number) for number in numbers[: 2 * self.most()]])}")

    def show(self, asked, form=None, unmet=(), status=200):
        """Without a step the choice of one; with it every case as it would go."""
        numbers = numbers_of(asked)
        cases = bulk.cases_of(numbers[: self.most()], by=self.request.user, at=self.at)
        if not cases:
            raise Http404
        context = {"place": "worklist", "at": self.at, "most": self.most(), "left_out": numbers[self.most() :], "unmet": unmet}
        if "step" in asked:
            context |= self.preview(asked["step"], cases, form)
            return render(self.request, "desk/bulk_step.html", context, status=status)
        offered = bulk.choices(cases, by=self.request.user, at=self.at)
        for one in offered:
            one["url"] = f"?{urlencode([('step', one['name']), *(('number', number) for number in numbers)])}"
        return render(self.request, "desk/bulk.html", context | {"offered": offered, "count": sum(map(len, cases.values()))})

    def preview(self, name, cases, form):
        kind, step = bulk.step_of(name)
        mine = cases.get(kind) or []
        if not mine:
            raise Http404
        rows = bulk.preview(mine, step, by=self.request.user, at=self.at)
        free = [row for row in rows if not row.unmet]
        return {
            "name": name,
            "step": step,
            "title": words.title(kind),
            "rows": [self.line(row, kind) for row in rows],
            "free": [row.case.number for row in free],
            "form": form or self.form(mine[0], step),
            "key": uuid.uuid4(),
            "seen": bulk.newest(mine),
        }

    def line(self, row, kind):
        held = claims.holding(row.case.docket, self.at)
        return {"case": row.case, "unmet": row.unmet, "held": held, "mine": bool(held) and held.holder_id == self.request.user.pk,
                "status": words.status(kind, row.case.status, staff=True)}

    def form(self, case, step, *data):
        return form_for(case, step.verb)(*data, case=case, at=self.at, by=self.request.user)

    def press(self, sent):
        kind, step = bulk.step_of(sent.get("step", ""))
        numbers, key, seen = numbers_of(sent), self.key(sent["key"]), sent.get("seen", "")
        cases = bulk.cases_of(numbers[: self.most()], by=self.request.user, at=self.at).get(kind)
        if not cases or not (seen.isascii() and seen.isdecimal() and len(seen) < 19):
            raise Http404
        form = self.form(cases[0], step, sent)
        if not form.is_valid():
            return self.show(sent, form=form, status=422)
        try:
            run = bulk.press(sent["step"], numbers, key=key, seen=int(seen), by=self.request.user, at=self.at, inputs=form.inputs())
        except Refused as no:
            return self.show(sent, form=form, unmet=no.unmet, status=409)
        transaction.on_commit(nudge)
        return redirect("casework:bulk_report", run.key)

    def key(self, text):
        try:
            return uuid.UUID(text)
        except ValueError:
            raise Http404 from None

    def most(self):
        return bulk.most(self.request.user, self.at)


def numbers_of(sent) -> list[str]:
    """What was ticked, each once; what could never be a number is left out."""
    return [number for number in dict.fromkeys(sent.getlist("number")) if number.isascii() and number.isprintable() and len(number) <= 32]


class BulkReport(DeskView):
    """What became of each case; for whoever pressed, as long as she likes."""

    permission = "casework.read"

    def get(self, request, key):
        run = get_object_or_404(BulkAct, key=key, by=request.user)
        groups = [(outcome, word, [row for row in run.rows if row[1] == outcome]) for outcome, word in OUTCOMES.items()]
        step = bulk.steps_of_class(bulk.model_of(run.kind)).get(run.verb)
        context = {"place": "worklist", "at": self.at, "run": run, "step": step, "groups": [group for group in groups if group[2]]}
        return render(request, "desk/bulk_report.html", context | {"count": len(run.rows)})
