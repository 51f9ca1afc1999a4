"""Two hospitals' systems with keys, and how they ask."""

import base64
import json
import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.law import law
from xinyijian.casework.api import limits
from xinyijian.connect import authentication, keys
from xinyijian.connect.scopes import SCOPES

__all__ = ["law"]


class Machine:
    """A hospital's system: it knows its id and secret, fetches a token, and asks."""

    def __init__(self, client, secret):
        self.client, self.secret, self.browser, self._token = client, secret, Browser(), None

    def fetch_token(self, secret=None, **more):
        basic = base64.b64encode(f"{self.client.client_id}:{secret or self.secret}".encode()).decode()
        return self.browser.post(
            "/api/v1/token/",
            urlencode({"grant_type": "client_credentials"} | more),
            content_type="application/x-www-form-urlencoded",
            HTTP_AUTHORIZATION=f"Basic {basic}",
        )

    @property
    def token(self):
        if self._token is None:
            answer = self.fetch_token()
            assert answer.status_code == 200, answer.content
            self._token = answer.json()["access_token"]
        return self._token

    def get(self, path, **query):
        return self.browser.get(f"/api/v1/{path}", query, HTTP_AUTHORIZATION=f"Bearer {self.token}")

    def post(self, path, data=None, key=None, method="post", **headers):
        """A write with an Idempotency-Key, a fresh one unless given; key=False: without one."""
        if key is not False:
            headers["HTTP_IDEMPOTENCY_KEY"] = key or uuid.uuid4().hex
        ask = getattr(self.browser, method)
        return ask(
            f"/api/v1/{path}", json.dumps(data or {}), content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {self.token}", **headers
        )

    def upload(self, path, key=None, **fields):
        headers = {"HTTP_IDEMPOTENCY_KEY": key or uuid.uuid4().hex, "HTTP_AUTHORIZATION": f"Bearer {self.token}"}
        return self.browser.post(f"/api/v1/{path}", fields, **headers)


def machine_of(admin, organisation, environment="live", scopes=tuple(SCOPES), name="HIS") -> Machine:
    """A key made by the hospital's administrator."""
    made = keys.make(organisation, name=name, environment=environment, scopes=list(scopes), key=uuid.uuid4(), by=admin, at=timezone.now())
    return Machine(*made)


@pytest.fixture(autouse=True)
def fresh(law):
    """What processes remember belongs to one test."""
    authentication.forget()
    limits.forget()


@pytest.fixture
def his(town):
    """The county hospital's system."""
    return machine_of(town.hospital_admin, town.county_hospital)


@pytest.fixture
def other_his(town):
    """The other hospital's."""
    from tests.town import make_post, make_user

    town.other_admin = make_user("other_admin", is_staff=True)
    make_post(town.other_admin, town.other_hospital, "hospital_admin")
    return machine_of(town.other_admin, town.other_hospital)


@pytest.fixture
def sandbox_his(town):
    """The county hospital's system, trying things out."""
    return machine_of(town.hospital_admin, town.county_hospital, "sandbox")
