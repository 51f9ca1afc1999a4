"""The pages that people meet, by who meets them: {name: address, or how to find it out from the stack}."""


def case(who, status):
    """The address of a demo case: opened by this user, in that state."""
    def address(stack):
        opened = "SELECT number FROM remote_care_filing f JOIN people_user u ON u.id = f.opened_by_id"
        rows = stack.sql(f"{opened} WHERE u.username = %s AND status = %s", who, status)
        return f"/cases/{rows[0][0]}/"

    return address


def step(who, status, verb):
    """The page of one step of that case."""
    return lambda stack: f"{case(who, status)(stack)}{verb}/"


def person(who):
    """The desk's page of the person behind this user."""
    return lambda stack: f"/desk/people/{stack.sql('SELECT person_id FROM people_user WHERE username = %s', who)[0][0]}/"


def bulk(who, step=""):
    """The pages for many cases, with this user's sent ones."""
    return lambda stack: f"/desk/bulk/?number={case(who, 'submitted')(stack).split('/')[2]}{step}"


DRAFT = ("notice", "type", "care", "where", "stay", "referral", "basis", "papers", "contact", "sign", "check")
OPEN = {"machine": "/kiosk/set-up/", "voucher": "/sign-in/voucher/", "register": "/register/", "engineers": "/api/",
        "sign-in": "/sign-in/", "password": "/sign-in/password/", "verify": "/v/", "message": "/check/",
        "forged": "/v/RC439901-261123-K7Q4MXBT-000000000000/",
        "services": "/services/", "service": "/services/remote-filing/", "planned": "/services/treat-first/?region=439901"}
PATIENT = {
    "home": "/",
    "cases": "/cases/",
    "owed": "/owed/",
    "messages": "/messages/",
    "reach": "/reach/",
    "preferences": "/preferences/",
    "doors": "/me/sign-in/",
    "new": "/remote-care/filings/new/",
    "national": "/remote-care/filings/new/national/",
    "emergency": "/remote-care/filings/new/emergency/",
    "family": "/family/",
    "add-family": "/family/links/new/",
    "leave-to-act": "/family/acting/new/",
    "mutual-aid": "/family/mutual-aid/new/",
    "entitlement": "/family/entitlement/",
    "submitted": case("lan", "submitted"),
    "in-force": case("lan", "in_force"),
    "hand-in": step("lan", "in_force", "give_missing"),
    "withdraw": step("lan", "submitted", "withdraw"),
    "sheet": step("lan", "submitted", "sheet"),
    "policies": "/policies/",
    "my-data": "/my-data/",
    "looked": "/my-data/looked/",
    "correct": "/my-data/correction/",
    "correction": "/my-data/correction/?field=born_on",
    "review": "/my-data/review/?about=standing",
    "close": "/my-data/close/",
    "retention": "/my-data/retention/",
}
DESK = {
    "worklist": "/desk/",
    "case": case("lan", "submitted"),
    "overdue": case("husband", "submitted"),
    "in-force": case("lan", "in_force"),
    "accept": step("lan", "submitted", "accept"),
    "return": step("lan", "submitted", "return_to_applicant"),
    "refuse": step("lan", "submitted", "refuse"),
    "person": person("lan"),
    "narrowed": "/desk/?held=nobody",
    "views": "/desk/views/",
    "stand-in": "/desk/stand-in/",
    "bulk": bulk("lan"),
    "bulk-step": bulk("lan", "&step=remote_care.Filing:accept"),
    "gaps": "/desk/gaps/",
    "calls": "/desk/calls/",
    "letters": "/desk/letters/",
    "reached": "/desk/reached/",
    "counter": "/remote-care/counter/",
    "time": "/demo/time/",
}
HOSPITAL = {
    "hospital": "/hospital/",
    "check": "/hospital/check/",
    "check-number": "/hospital/check/?by=number",
    "check-code": "/hospital/check/?by=code",
    "filings": "/hospital/filings/",
    "sheets": "/hospital/sheets/",
    "enter": "/hospital/sheets/enter/",
}
MANAGER = {"platform-keys": "/staff/platform-keys/", "staff": "/staff/", "account": "/staff/new/", "keys": "/connect/keys/",
           "key": "/connect/keys/new/"}
COUNTER = {"family": "/family/counter/", "accounts": "/desk/accounts/"}
OFFICER = {"report": "/desk/report/", "figure": "/desk/report/?figure=received", "breaches": "/desk/breaches/", "machines": "/desk/kiosks/"}
AUDITOR = {f"oversight {page}": f"/oversight/{page}" for page in ("", "overrides/", "policies/", "proof/")}
ADMIN = {"admin": "/admin/remote_care/filing/"}  # mostly Django's own words and shapes
BY_NAME = {"": OPEN, "lan": PATIENT, "clerk": DESK, "counter": COUNTER, "officer": OFFICER, "auditor": AUDITOR, "hospital-a": HOSPITAL,
           "hospital-admin": MANAGER}
