"""Register entries for tests of the worklist, which reads the register and nothing else of a case."""

from itertools import count

from tests.town import JAN_1, certificate
from xinyijian.casework.models import Docket
from xinyijian.people.models import Person

numbers = count(1)


def waiting(town, due_at, *, role="clerk", region="439901", person=None, **more) -> Docket:
    """An entry that waits for that role."""
    n = next(numbers)
    fields = {"kind": "remote_care.Filing", "opened_by": town.lan, "opened_at": JAN_1, "status": "submitted", "due_name": "decide"} | more
    return Docket.objects.create(
        number=f"RC{region}-260101-{n:08}", person=person or town.mother_person, region_id=region, queue_role=role, due_at=due_at, **fields
    )


def people(number) -> list[Person]:
    """So many persons more."""
    first = Person.objects.order_by("-pk").first()
    return [
        Person.objects.create(
            name=f"赵{n}",
            born_on=first.born_on,
            region_id="439901",
            psn_no=f"439901{n:09}",
            cert_number=certificate("439901", first.born_on, 100 + n),
        )
        for n in range(number)
    ]
