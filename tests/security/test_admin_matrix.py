"""The admin's part of the access matrix: what each table lets each role do is asked of the table; that pages follow it, of the pages."""

import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from xinyijian.casework import pages
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Case
from xinyijian.casework.steps import steps_of
from xinyijian.people.admin import Reference

from . import addresses, things
from .asking import Asker
from .cast import actors
from .test_matrix import ROLES, keep, table

__all__ = ["actors"]

STAFF = {name: who for name, who in (ROLES | {"elsewhere": "", "hospital_b": ""}).items() if name not in ("anonymous", "stranger")}
DEEDS = {"view": "v", "add": "a", "change": "c", "delete": "d"}
ASKED = ("clerk", "elsewhere", "hospital_b", "system_admin", "root")
PAGES = ("changelist_view", "add_view", "changeform_view", "delete_view", "history_view", "_changeform_view", "_delete_view")
OF_EACH_FAMILY = ("remote_care.Filing", "casework.Notice", "people.Person", "people.User", "policies.Value", "audit.Event")


def may(table_of, user, deed, row=None) -> bool:
    request = SimpleNamespace(user=user, GET={}, POST={})
    return bool(getattr(table_of, f"has_{deed}_permission")(request, row) if deed != "add" else table_of.has_add_permission(request))


def sees(table_of, user, row) -> bool:
    try:
        return table_of.get_object(SimpleNamespace(user=user), str(row.pk)) is not None
    except Http404:
        return False


@pytest.fixture
def rows(actors):
    """{table of the admin: one row of it, if there is one}; the newest, and of cases the mother's."""
    it = things.made(actors)
    own = {type(one): one for one in (it.filing, it.asked, it.correction, it.review, it.reopening, it.decision, it.tie, it.grant, it.aid,
                                      it.filing.docket, actors.mother_person, it.filing.docket.documents.first())}
    return {one: own.get(one.model) or one.model.objects.order_by("-pk").first() for one in admin.site._registry.values()}


SECRETS = {"OneTimeCode", "ContactCode", "Authenticator", "BackupCode", "PlatformKey", "Client"}  # nobody's to see, not even masked
MACHINERY = {"Version", "Aim", "DemoClock", "ErasedPages", "KeptAnswer", "SentBack"}  # of the engine: another table says it
BORROWED = {"admin", "auth", "contenttypes", "sessions", "oauth2_provider", "axes"}  # other people's apps


def test_every_table_of_ours_is_there_but_for_secrets_and_machinery():
    ours = {model for model in apps.get_models() if model._meta.app_label not in BORROWED}
    assert {model.__name__ for model in ours - set(admin.site._registry)} == SECRETS | MACHINERY
    assert not any(model.__name__ in SECRETS | MACHINERY for model in admin.site._registry)


def test_every_table_opens_as_a_list_and_as_one_row_with_few_questions_and_counts_none_to_its_end(actors, rows):
    """What law forbids to change has no field to type into; a case has a button for each step that may be pressed now."""
    root, at = Asker(actors.root), business_now()
    for one, row in rows.items():
        home = f"/admin/{one.opts.app_label}/{one.opts.model_name}/"
        with CaptureQueriesContext(connection) as asked:
            assert root.ask("GET", home).status_code == 200, home
        assert len(asked) <= 20, (home, len(asked))
        small = one.opts.app_label == "policies" or isinstance(one, Reference)  # rules, days, places, machines: a few thousand
        endless = [] if small else [q["sql"] for q in asked if "COUNT(" in q["sql"]]
        assert not endless, (home, endless)
        if row is None:
            continue
        answer = root.ask("GET", f"{home}{row.pk}/change/")
        html = answer.content.decode()
        assert answer.status_code == 200, home
        if getattr(one.model, "append_only", False):
            assert 'name="_save"' not in html and not re.search(r"<(input|select|textarea)[^>]* id=\"id_", html), home
        if issubclass(one.model, Case):
            steps = {step.verb for step in pages.buttons_for(row, by=actors.root, at=at)}
            assert set(re.findall(r'href="../step/(\w+)/"', html)) == steps and not re.search(r'name="status"', html), home


def test_each_table_lets_each_role_do_what_the_record_says(actors, rows):
    marks = {}
    for one, row in rows.items():
        cells = {}
        for name in STAFF:
            user = type(actors.root).objects.get(pk=getattr(actors, name).pk)
            deeds = "".join(letter for deed, letter in DEEDS.items() if may(one, user, deed))
            cells[name] = deeds + ("·" if deeds and row is not None and not sees(one, user, row) else "") or "✗"
        marks[f"{one.opts.app_label}/{one.opts.model_name}"] = cells
    keep("admin", table(dict(sorted(marks.items())), STAFF))
    assert {f"admin/{path}/" for path in marks} == {f"admin/{path}/" for path in (*addresses.CASE_TABLES, *addresses.OFFICE_TABLES)}


def test_no_table_draws_its_pages_past_its_own_permissions():
    """Django's pages ask has_…_permission and get_object; a table with a page of its own is asked page by page here."""
    for one in admin.site._registry.values():
        own = {name for cls in type(one).__mro__ if not cls.__module__.startswith("django.") for name in PAGES if name in vars(cls)}
        assert not own, (one, own)


@pytest.mark.parametrize("label", OF_EACH_FAMILY)
def test_the_pages_follow_what_the_table_says(actors, rows, label):
    """Of each family of tables one: what is out of reach does not exist, what is in reach and may not be done is refused."""
    one, row = next((one, row) for one, row in rows.items() if one.opts.label == label)
    home = f"/admin/{one.opts.app_label}/{one.opts.model_name}/"
    for name in ASKED:
        user = type(actors.root).objects.get(pk=getattr(actors, name).pk)
        asker, here = Asker(user), sees(one, user, row)
        view, change = may(one, user, "view"), may(one, user, "change")
        codes = {(how, page): asker.ask(how, f"{home}{page}").status_code
                 for page in ("", "add/", f"{row.pk}/change/", f"{row.pk}/history/", f"{row.pk}/delete/") for how in ("GET", "POST")}
        assert codes["GET", ""] == (200 if view or change else 403), name
        assert codes["GET", "add/"] == (200 if may(one, user, "add") else 403), name
        for page in ("change/", "history/"):
            wanted = {200} if here and (view or change) else {403, 404} if not here else {403}
            assert codes["GET", f"{row.pk}/{page}"] in wanted, (name, page, codes)
            if not here and view:
                assert codes["GET", f"{row.pk}/{page}"] == asker.ask("GET", f"{home}{addresses.NO_PK}/{page}").status_code == 404, name
        assert codes["GET", f"{row.pk}/delete/"] in (({200} if here else {404}) if may(one, user, "delete") else {403, 404}), name
        for (how, page), code in codes.items():
            done, only_shown = how == "POST" and code in (200, 302), page in ("", f"{row.pk}/history/")
            assert code < 500 and (not done or (view if only_shown else change or may(one, user, "add"))), (name, how, page, code)


def test_whoever_is_no_staff_is_sent_to_the_door_of_every_page(actors):
    marked = re.compile(r"<[^>]*>")
    askers = [Asker(None), Asker(actors.stranger)]
    routes = [route for route in addresses.LISTED if route.startswith("admin/") and "(" not in route and "log" not in route]
    assert len(routes) > 150
    for address in (marked.sub("1", f"/{route}") for route in routes):
        for asker, how in ((askers[0], "GET"), (askers[1], "POST")):
            answer = asker.ask(how, address)
            assert answer.status_code == 302 and answer["Location"].startswith(("/admin/login/", "/sign-in/")), (address, answer)


def test_a_step_in_the_admin_is_there_for_whom_the_case_is_there(actors, rows):
    cases = {one: row for one, row in rows.items() if hasattr(one.model, "FINAL")}
    assert len(cases) == len(addresses.OTHER_STEPS) + 1
    for one, row in cases.items():
        page = f"/admin/{one.opts.app_label}/{one.opts.model_name}/{{pk}}/step/{next(iter(steps_of(one.model)))}/"
        for name, there in (("elsewhere", False), ("hospital_b", False), ("banker", False), ("auditor", True), ("clerk", True)):
            for how in ("GET", "POST"):
                asker = Asker(getattr(actors, name))
                code = asker.ask(how, page.format(pk=row.pk)).status_code
                assert (code == 404) is not there and code in (200, 302, 403, 404, 409), (name, page, code)
