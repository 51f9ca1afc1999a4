"""One press of one button on one locked case: what it asks, runs and changes. Writing is `writing`'s."""

from .rules import answers


class Press:
    """A case in hand, with what it looked like before."""

    __slots__ = (
        "case",
        "step",
        "facts",
        "by",
        "at",
        "params",
        "before",
        "source",
        "dues",
        "entry",
        "new_entry",
        "changed",
        "ran",
        "_answers",
    )

    def __init__(self, case, step, facts, by, at):
        self.case, self.step, self.facts, self.by, self.at = case, step, facts, by, at
        self.params = case.params()
        self.before = case.__dict__.copy()
        self.source = case.status
        self.dues = case.deadlines(facts, self.params)
        self.entry = self.new_entry = case.entry(self.dues, at)
        self.changed, self.ran, self._answers = (), False, None

    def is_due(self) -> bool:
        """Asked under the lock, so that two clocks ring once, and in the order of the due dates."""
        first = first_for_the_clock(self.dues)
        return first is not None and first.verb == self.step.verb and first.at <= self.at

    def answers(self) -> list:
        """What the step's rules say of the facts before it."""
        if self._answers is None:
            self._answers = answers(self.step.rules, self.facts, self.params)
        return self._answers

    def run(self, inputs):
        """The transition, and what is due after it."""
        derived = {name: ask(self.facts, self.params) for name, ask in self.step.derives.items()}
        getattr(self.case, self.step.verb)(by=self.by, at=self.at, **inputs, **derived)
        self.ran = True
        self.dues = self.case.deadlines(self.facts, self.params)
        self.new_entry = self.case.entry(self.dues, self.at)
        self.aim()
        if self.by.pk is None and self.is_due():
            raise RuntimeError(f"{self.case._meta.label}.{self.step.verb} leaves its own deadline standing")

    def aim(self):
        """Tell the clock what comes next, and note which fields are to be written."""
        first, case = first_for_the_clock(self.dues), self.case
        case.next_verb, case.next_due_at = (first.verb, first.at) if first else ("", None)
        if self._differing():
            case.retry_at = None
        self.changed = self._differing()

    def _differing(self):
        now, before = self.case.__dict__, self.before
        return [name for name, value in before.items() if now[name] is not value and name != "_state" and now[name] != value]


def first_for_the_clock(dues):
    """The earliest thing that the clock itself has to do, or None."""
    first = None
    for due in dues:
        if due.verb and (first is None or due.at < first.at):
            first = due
    return first
