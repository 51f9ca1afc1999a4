"""A filing from beginning to end, in the sandbox. Set XYJ_URL, XYJ_ID, XYJ_SECRET, XYJ_PSN_NO and XYJ_PHOTO (a JPEG) first."""
import os
import time
import uuid

import requests

URL = os.environ["XYJ_URL"] + "/api/v1/"
session = requests.Session()


def ask(method, path, **more):
    """One call. A write carries a key: repeat it with the same key after a time-out, and it still happens once."""
    if method != "GET":
        more["headers"] = {"Idempotency-Key": uuid.uuid4().hex}
    answer = session.request(method, URL + path, timeout=30, **more)
    if not answer.ok:
        for reason in answer.json().get("errors", []):
            print(reason["code"], reason["text"], "→", reason["remedy"])
        raise SystemExit(f"{answer.status_code} {answer.json()['title']}")
    return answer.json()


key = os.environ["XYJ_ID"], os.environ["XYJ_SECRET"]
token = requests.post(URL + "token/", data={"grant_type": "client_credentials"}, auth=key, timeout=30).json()["access_token"]
session.headers["Authorization"] = f"Bearer {token}"

filing = ask("POST", "filings/", json={
    "psn_no": os.environ["XYJ_PSN_NO"], "code_biz_type": "01103", "dcla_souc": "01", "mdtrtarea_admdvs": "440100",
    "resident_since": "2024-03-01", "basis": "documents", "addr": "天河路 100 号 3 栋 402", "coner_name": "沙晓一", "tel": "19900000001"})
one = f"filings/{filing['number']}/"

for kind in ("identity_card", "residence_proof"):
    with open(os.environ["XYJ_PHOTO"], "rb") as photo:
        ask("POST", one + "documents/", data={"kind": kind}, files={"file": photo})

for letter in ask("GET", one + "letters/")["letters"]:  # print it, let her read and sign it, then say so
    ask("POST", f"{one}letters/{letter['name']}/", json={"sha256": letter["sha256"]})

print(ask("POST", one + "submit/", json={})["status"])
print(ask("POST", f"sandbox/cases/{filing['number']}/accept/", json={})["status"])  # live, a clerk of the bureau decides
for _ in range(60):  # changes are told some moments after they happened
    verbs = [change["verb"] for change in ask("GET", "changes/")["changes"] if change["number"] == filing["number"]]
    if "accept" in verbs:
        break
    time.sleep(1)
print(verbs)
