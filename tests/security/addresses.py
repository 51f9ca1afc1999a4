"""Every address of the portal and for whom it is. One that is not listed here fails a test: whoever adds a page decides that first."""

from itertools import product

from django.urls import get_resolver

from remote_care import drafts
from remote_care.models import Filing
from xinyijian.casework.steps import steps_of

PUBLIC = (
    "sign-in/",
    "sign-in/code/",
    "sign-in/who/",
    "sign-in/password/",
    "sign-in/voucher/",
    "sign-in/sign-on/",
    "sign-in/sign-on/back/",
    "register/",
    "register/code/",
    "register/proof/",
    "register/open/",
    "sign-in/second/",
    "sign-in/set-up/",
    "sign-out/",
    "v/",
    "v/<str:token>/",
    "check/",
    "health",
    "preferences/",
    "policies/",
    "services/",
    "services/<slug:id>/",
    "api/",
    "family/texts/<str:kind>/",
    "my-data/retention/",
    "my-data/closed/",
    *(f"kiosk/{page}" for page in ("", "menu/", "over/", "here/", "set-up/")),  # in the browser of a machine; elsewhere there is none
)
READ_ONLY = ("api/docs/", "api/schema/", "api/v1/")  # for everybody, and there is nothing to be sent
DEMO = ("gallery/", "gallery/page.svg", "demo/time/")  # 404 without demo mode
FAMILY = (  # her own pages; at the counter for staff (tests/family)
    *(f"family/{page}" for page in ("", "links/new/", "acting/new/", "mutual-aid/new/", "entitlement/", "counter/")),
    "family/links/<str:number>/",
    "family/asked/<str:number>/",
    "family/asked/<str:number>/<str:verb>/",
    "family/end/<str:what>/<int:pk>/",
    "family/mutual-aid/<int:pk>/agree/",
    "family/counter/<str:token>/",
    "family/counter/<str:token>/<str:what>/",
)
SIGNED_IN = (
    *(f"me/sign-in/{page}" for page in ("", "phone/", "password/", "backup-codes/")),
    *("sign-in/new-password/", "reach/", "", "owed/", "cases/", "messages/", "remote-care/counter/", "remote-care/form.pdf"),
    *(f"remote-care/filings/new/{entry}" for entry in ("", "national/", "machine/", "emergency/")),
)
AUDITORS = tuple(f"oversight/{page}" for page in ("", "export/", "overrides/", "policies/", "proof/"))  # tests/oversight
AUDITORS_OF = ("oversight/decisions/<int:pk>/", "oversight/watched/<str:name>/")
HERS = tuple(f"my-data/{page}" for page in ("", "looked/", "export/", "correction/", "review/", "close/"))  # 404 for whoever is not insured
STAFF = (  # for everybody else there is no desk
    "desk/",
    "desk/search/",
    "desk/people/<int:pk>/",
    "desk/views/",
    "desk/bulk/",
    "desk/bulk/<uuid:key>/",
    "desk/stand-in/",
    "desk/claims/",
    "desk/gaps/",
    "desk/calls/",
    "desk/letters/",
    "desk/letters/<int:pk>.pdf",
    "desk/reached/",
    "desk/unmask/",
)
SIGNATURE = (  # machines, known by their key
    "gateways/receipts/",
    "gateways/wechat/messages/",
    "api/v1/token/",
    "api/v1/eligibility/",
    "api/v1/changes/",
    "api/v1/sandbox/codes/",
    "api/v1/filings/",
)
MACHINES_OF_CASE = (  # a cookie opens none of them (tests/connect)
    "api/v1/sandbox/cases/<case:number>/<verb:verb>/",
    *(f"api/v1/filings/<case:number>/{page}" for page in ("", "documents/", "letters/", "letters/<verb:name>/", "<verb:verb>/")),
)
MANAGERS = (  # of accounts, promises and figures, and the counter that opens them; for everybody else there is nobody
    "desk/breaches/", "desk/report/", "desk/kiosks/", "desk/accounts/", "desk/accounts/<int:pk>/", "my-data/open-again/<int:pk>/",
    "staff/", "staff/new/", "staff/platform-keys/", "staff/<int:pk>/",
)
ADMINISTRATORS = ("connect/keys/", "connect/keys/new/", "connect/keys/<int:pk>/<str:deed>/")  # of a hospital
HOSPITAL = (  # for whoever has a post at a hospital; for everybody else there is no such desk
    "hospital/",
    "hospital/check/",
    "hospital/slip/",
    "hospital/filings/",
    "hospital/filings/open/",
    "hospital/filings/new/",
    "hospital/sheets/",
    "hospital/sheets/enter/",
    "hospital/sheets/<uuid:batch>/",
)
ONE = "remote-care/filings/<str:number>/"
CASE = (
    "cases/<str:number>/receipt.pdf",
    "cases/<str:number>/sheet/",
    "cases/<str:number>/",
    "cases/<str:number>/<str:verb>/",
    "documents/<uuid:uuid>/",
    "letters/<uuid:uuid>/",
    "letters/<uuid:uuid>.pdf",
    ONE,
    *(f"{ONE}{page}/" for page in ("notice", "where", "basis", "papers", "contact", "sign", "check", "sent", "letters/<str:name>")),
    *(f"{ONE}{page}/" for page in ("type", "care", "stay", "referral", "reimbursement", "scans")),
    f"{ONE}form.pdf",
)
ADMIN_DOOR = ("admin/login/", "admin/login/ (admin's own)", "admin/logout/")
ADMIN_SITE = (
    "admin/",
    "admin/password_change/",
    "admin/password_change/done/",
    "admin/autocomplete/",
    "admin/jsi18n/",
    "admin/r/<path:content_type_id>/<path:object_id>/",
    "admin/(?P<url>.*)$",
    "admin/people/user/<id>/password/",
    "admin/^(?P<app_label>audit|policies|people|care|casework|remote_care|family|hospital|data_rights|oversight)/$",
)
CASE_TABLES = (
    "remote_care/filing",
    "data_rights/correction",
    "data_rights/review",
    "data_rights/reopening",
    "family/link",
    *(f"casework/{name}" for name in ("docket", "notice", "errand", "deficiency", "decision", "document", "claim", "breach", "letter")),
)
OFFICE_TABLES = (
    "people/binding",
    "people/consent",
    "people/mutualaid",
    "people/kiosk", "people/contact", "people/wishes", "care/coverage", "oversight/proofrun", "hospital/sheet", "casework/sending",
    *(f"casework/{name}" for name in ("letterseries", "savedview", "standin", "bulkact")),
    *(f"people/{name}" for name in ("person", "familylink", "grant", "standing", "region", "organisation", "user", "phone", "post")),
    *(f"policies/{name}" for name in ("value", "change", "reference", "pack", "calendarday", "calendaryear")),
    "audit/event",
    "audit/seal",
)
ROW = "<path:object_id>/"
ADMIN_LISTS = tuple(f"admin/{table}/{page}" for table, page in product((*CASE_TABLES, *OFFICE_TABLES), ("", "add/")))
ADMIN_ROWS = tuple(f"admin/{table}/{ROW}{page}" for table, page in product(OFFICE_TABLES, ("history/", "delete/", "change/", "")))
ADMIN_CASES = (
    "admin/remote_care/filing/<int:pk>/step/<str:verb>/",
    *(f"admin/{table}/{ROW}{page}" for table, page in product(CASE_TABLES, ("history/", "delete/", "change/", ""))),
)
OTHER_CASES = ("data_rights/correction", "data_rights/review", "data_rights/reopening", "family/link")
OTHER_STEPS = tuple(f"admin/{table}/<int:pk>/step/<str:verb>/" for table in OTHER_CASES)
LISTED = (*PUBLIC, *FAMILY, *READ_ONLY, *DEMO, *SIGNED_IN, *AUDITORS, *AUDITORS_OF,
          *HERS, *STAFF, *HOSPITAL, *MANAGERS, *SIGNATURE, *MACHINES_OF_CASE,
          *ADMINISTRATORS, *CASE, *ADMIN_DOOR, *ADMIN_SITE, *ADMIN_LISTS, *ADMIN_ROWS, *ADMIN_CASES, *OTHER_STEPS)

FOR_ALL = (*PUBLIC, *READ_ONLY, *DEMO, *SIGNATURE, *MACHINES_OF_CASE)
NO_NUMBER, NO_UUID, NO_PK = "RC439901-260101-00000000", "00000000-0000-4000-8000-000000000000", 999_999_999


def routes() -> list[str]:
    """Every route that the portal answers, as Django resolves it, in its order."""
    found = list(_walk(get_resolver(), ""))
    second = found.index("admin/login/", found.index("admin/login/") + 1)
    return [*found[:second], ADMIN_DOOR[1], *found[second + 1 :]]  # Django's own, which ours stands before


def _walk(resolver, before):
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _walk(one, here)
        else:
            yield here


def plain() -> list[str]:
    """The addresses that name nothing: no case, no row, no token."""
    return [f"/{route}" for route in LISTED if "<" not in route and "(" not in route]


def machine_address(route) -> str:
    """Where a machine asks for a case that there is not."""
    marks = {"<case:number>": NO_NUMBER, "<verb:verb>": "submit", "<verb:name>": "notice"}
    for mark, value in marks.items():
        route = route.replace(mark, value)
    return f"/{route}"


def of_case(filing) -> list[tuple[str, str]]:
    """[(address, the same address of something that does not exist), …] of everything that belongs to a case, the admin left out."""
    return [pair for route in CASE for pair in _filled(f"/{route}", filing)]


def of_case_in_admin(filing) -> list[tuple[str, str]]:
    """The same for the admin's pages of the case, its register entry, notices, errands, gaps, decisions, documents and claim."""
    return [pair for route in ADMIN_CASES for pair in _filled(f"/{route}", filing)]


def _filled(route, filing):
    choices = {
        "<str:number>": [(filing.number, NO_NUMBER)],
        "<int:pk>": [(filing.pk, NO_PK)],
        "<str:verb>": [(verb, verb) for verb in steps_of(Filing)],
        "<str:name>": [(name, name) for name in drafts.SIGNED_AT],
        "<uuid:uuid>": [(one.uuid, NO_UUID) for one in (filing.docket.letters if "letters/" in route else filing.docket.documents).all()],
        "<path:object_id>": [(pk, NO_PK) for pk in _rows(route.split("/")[3], filing)] if "object_id" in route else (),
    }
    used = [mark for mark in choices if mark in route]
    for values in product(*(choices[mark] for mark in used)):
        real = nothing = route
        for mark, (value, none) in zip(used, values, strict=True):
            real, nothing = real.replace(mark, str(value)), nothing.replace(mark, str(none))
        assert "<" not in real, f"{real}: which values may stand there?"
        yield real, nothing


def _rows(table, filing):
    if table == "filing":
        return [filing.pk]
    if table == "docket":
        return [filing.docket_id]
    related = {"notice": "notices", "errand": "errands", "deficiency": "deficiencies", "decision": "decisions", "document": "documents",
               "breach": "breaches", "letter": "letters"}
    if table == "claim":
        return [filing.docket.claim.pk] if hasattr(filing.docket, "claim") else []
    if table not in related:
        return []  # another service's cases
    return list(getattr(filing.docket, related[table]).values_list("pk", flat=True))
