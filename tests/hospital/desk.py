"""What a member of staff does at the hospital's desk, without a script."""
import re
from datetime import timedelta

from tests.remote_care.walking import browser
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import local
from xinyijian.hospital.downtime import print_sheets
from xinyijian.hospital.models import Sheet

CHECK, ENTER = "/hospital/check/", "/hospital/sheets/enter/"
KIND = "remote_care.Filing"


def staff(user, language="en"):
    return browser(user, language)


def check(client, person, status=200, **more):
    """Look somebody up by her certificate."""
    asked = {"cert_type": person.cert_type, "number": person.cert_number, "name": person.name, "purpose": "admission"} | more
    answer = client.post(CHECK, asked)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def token(html) -> str:
    return re.search(r'name="token" value="([^"]+)"', html).group(1)


def key(html) -> str:
    return re.search(r'name="key" value="([^"]+)"', html).group(1)


def printed(town, *, ago=timedelta(days=5), hospital=None, by=None) -> Sheet:
    """A sheet that was printed some days ago."""
    hospital = hospital or town.county_hospital
    batch = print_sheets(1, hospital, by=by or town.hospital_a, at=business_now() - ago)
    return Sheet.objects.get(batch=batch)


def stands_on(paper, person, at, **more) -> dict:
    """The form as somebody types it from a sheet."""
    there = local(at)
    return {"sheet": paper.number, "on": f"{there:%Y-%m-%d}", "time": f"{there:%H:%M}", "cert_type": person.cert_type,
            "number": person.cert_number, "name": person.name, "kind": KIND, "cause": "portal", "because": "nothing answered since 8",
            "signed": "on"} | more
