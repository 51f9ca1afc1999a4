"""A change of the city: a new filing takes the place of the old one, which counts until the new one does."""
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.days import day_of
from xinyijian.casework.opening import start
from xinyijian.casework.workflow import act

KEPT = ("type", "channel", "basis", "contact_name", "contact_phone")  # what moving does not change


def open_replacement(filings, *, at, by, inputs):
    """A draft for each, with what is known already; whoever asked for the change fills it in."""
    for filing in filings:
        answers = {name: getattr(filing, name) for name in KEPT}
        start(type(filing), person=filing.person, by=by, at=at, agent=filing.agent, replaces=filing, start_on=day_of(at),
              insutype=filing.person.insutype, **answers)


def end_replaced(filings, *, at, by, inputs):
    """The old ones end today; their persons are locked already."""
    for filing in filings:
        if filing.replaces_id and filing.replaces.status == filing.Status.IN_FORCE:
            act(filing.replaces.give_way, by=PLATFORM, at=at)
