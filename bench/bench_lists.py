"""The two lists that a clerk has, her worklist and Django's admin, at 1,000,000 filings: milliseconds in the database and as a page.

The database's part is what the queries of one page take on the client's side of the connection; the page is measured over HTTP.
"""

import html
import random
import re
import statistics
from time import perf_counter

import urllib3
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client, RequestFactory

from bench import owner
from bench.ground import CASES, seed
from bench.portal import served
from xinyijian.people import sign_in
from xinyijian.people.models import User

ROUNDS, SEED, DATABASE, PAGE = 12, 20261123, 5.0, 60.0  # rounds over all addresses; ms
DEEP, NEXT = 40, re.compile(r'rel="next" href="([^"]+)"')
RARE = "UPDATE remote_care_filing SET status = 'returned' WHERE id %% 100003 = 0"  # a state in which hardly any filing is


def run():
    seed()
    with owner() as cursor:
        cursor.execute(RARE.replace("%%", "%"))
        cursor.execute("ANALYZE remote_care_filing")
    cookie = signed_in(User.objects.get(username="clerk"))
    lists = {"worklist": worklist(cookie), "admin list": admin()}
    return [figure for name, addresses in lists.items() for figure in figures(name, addresses, cookie)]


def worklist(cookie) -> list[str]:
    """All its views, its first page and some in the depth, found by turning pages."""
    browser, found, address = browser_of(cookie), [], "/desk/"
    for number in range(DEEP):
        page = browser.get(address)
        expect(page.status_code, address)
        address = html.unescape(NEXT.search(page.content.decode())[1])
        if number % 8 == 7:
            found.append(address)
    return ["/desk/", *(f"/desk/?view={view}" for view in ("mine", "overdue", "today", "remote_care.Filing")), *found]


def admin() -> list[str]:
    """The first pages, the last that can be turned to, a common and a rare state, and one number."""
    pages = ["", "?p=2", "?p=200", "?status=in_force", "?status=submitted", "?status=returned", "?status=withdrawn"]
    return [f"/admin/remote_care/filing/{page}" for page in [*pages, "?q=RC439901-260105-00654321"]]


def figures(name, addresses, cookie):
    """p95 in the database and as a page; the slowest address of each is named."""
    order = [address for _round in range(ROUNDS) for address in random.Random(SEED).sample(addresses, len(addresses))]
    inside = timed(order, in_database(cookie))
    with served() as port:
        outside = timed(order, over_http(port, cookie))
    return [figure(f"{name}, in the database", DATABASE, inside), figure(f"{name}, as a page", PAGE, outside)]


def timed(order, ask) -> dict:
    """{address: [ms]}; every address was asked once before."""
    times = {address: [] for address in order}
    for address in times:
        ask(address)
    for address in order:
        times[address].append(ask(address))
    return times


def in_database(cookie):
    """Asks in this process; ms spent in queries."""
    browser = browser_of(cookie)

    def ask(address):
        spent = []

        def measured(execute, *query):
            start = perf_counter()
            try:
                return execute(*query)
            finally:
                spent.append(perf_counter() - start)

        with connection.execute_wrapper(measured):
            answer = browser.get(address)
        expect(answer.status_code, address)
        return sum(spent) * 1e3

    return ask


def browser_of(cookie):
    """Django's own, signed in."""
    browser = Client(HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return browser


def over_http(port, cookie):
    """Asks the portal over one connection that stays open; ms until the page is whole."""
    pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=1, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})

    def ask(address):
        start = perf_counter()
        answer = pool.request("GET", address, redirect=False, retries=False)
        expect(answer.status, address)
        return (perf_counter() - start) * 1e3

    return ask


def expect(status, address):
    if status != 200:
        raise SystemExit(f"{address}: {status}")


def signed_in(user) -> str:
    """The key of a session of hers."""
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    sign_in.enter(request, user, "bench")
    request.session.save()
    return request.session.session_key


def figure(name, target, times):
    """p95 over all addresses."""
    everything = [ms for found in times.values() for ms in found]
    p95, slowest = statistics.quantiles(everything, n=20)[-1], max(times, key=lambda address: statistics.median(times[address]))
    raw = {"median": round(statistics.median(everything), 2), "slowest": slowest, "its median": round(statistics.median(times[slowest]), 2),
           "filings": CASES, "unit": "ms"}
    return {"name": f"{name}: p95 at {CASES:,} filings", "ratio": round(p95, 2), "target": target, "met": p95 <= target, "raw": raw}
