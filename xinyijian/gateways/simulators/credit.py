"""The simulated provincial credit subsystem: says the grade that stands on the people page."""
from . import people

NOT_RATED = 404, {"code": "not_rated", "text": "演示信用系统：没有评级"}


def perform(asked: dict, key: str) -> tuple[int, dict]:
    """The grade of whom certificate and name both fit; a question changes nothing, so asking twice is asking once."""
    row = people.holder(asked.get("cert_type"), asked.get("cert_number"), asked.get("name"))
    if row is None or not row["grade"]:
        return NOT_RATED
    span = {"valid_from": row["valid_from"], "valid_until": row["valid_until"] or None}
    return 200, {"grade": row["grade"], **span, "reference": f"DEMOCR{row['psn_no'][-6:]}{row['valid_from'].replace('-', '')}"}


def refuse() -> tuple[int, dict]:
    """A "no" without a look at the question."""
    return 422, {"code": "refused", "text": "演示信用系统：按开关设置拒绝"}
