"""How a step of a service is declared: a django-fsm transition that cannot forget its label or its permission."""
from dataclasses import dataclass, field

from django_fsm import transition

from .actors import the_applicant


@dataclass(frozen=True)
class Step:
    """Everything that the door, the pages and the documents need to know of one button."""

    verb: str
    sources: tuple
    target: str | None  # None: the state stays
    label: str  # on the button
    done: str  # in the timeline, and to the person
    permission: object  # "app.codename", a callable(case, user), or a tuple of which any one suffices
    effect: str = ""  # under the button: what happens then
    rules: tuple = ()  # all must be met
    derives: dict = field(default_factory=dict)  # input -> function(facts, params), asked under the lock
    weighs: tuple = ()  # asked and kept with the decision, but no gate (a refusal weighs the rules of acceptance)
    notice: str = ""  # templates/notices/<app>/<notice>.txt
    letter: str = ""  # a models.LetterKind: the step leaves a numbered letter
    then: tuple = ()  # verbs of lower layers: verb(cases, at), once per batch
    errand: str = ""  # <app>.services.<errand>(case, errand, at): what must be asked outside, afterwards
    four_eyes: bool = False
    decision: str = ""  # its outcome: "approved", "refused" …
    bulk: bool = False  # may be pressed on many cases at once; then its form asks nothing of a single case
    tone: str = field(default="primary")  # primary, plain or danger

    @property
    def permissions(self) -> tuple:
        """Those of which any one suffices."""
        return self.permission if isinstance(self.permission, tuple) else (self.permission,)

    @property
    def is_the_applicants(self) -> bool:
        """Whether it is the person's own to press: then everybody else presses it on her behalf."""
        return the_applicant in self.permissions


def step(source, target, *, label, done, permission, **more):
    """Declare one step on a Case class; `label`, `done` and `permission` cannot be left out. Target None: the state stays."""
    sources = tuple(map(str, source)) if isinstance(source, (list, tuple)) else (str(source),)
    goal = None if target is None else str(target)

    def declare(body):
        body.step = Step(body.__name__, sources, goal, label, done, permission, **more)
        return transition(field="status", source=list(sources), target=goal, permission=_always)(body)

    return declare


def _always(case, user):
    """Permission is the door's business (`workflow.may_press`): django-fsm enforces none."""
    return True


def steps_of(model) -> dict[str, Step]:
    """{verb: Step} of a Case class, in the order of declaration."""
    found = {}
    for name in vars(model):
        declared = getattr(getattr(model, name, None), "step", None)
        if isinstance(declared, Step):
            found[name] = declared
    return found
