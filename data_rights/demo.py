"""The demo's requests: opened by acting, so that the desk has a correction to decide and an officer a review to answer."""

from datetime import timedelta

from xinyijian.casework.models import Docket
from xinyijian.people.models import User

from .models import Correction
from .services import open_correction, open_review


def open_demo_cases(now) -> int:
    """One open correction and one open review; does nothing when there are any. Returns how many it opened."""
    if Correction.objects.exists():
        return 0
    neighbour, stranger = User.objects.get(username="neighbour"), User.objects.get(username="stranger")
    open_correction(
        User.objects.get(username="husband").person,
        by=User.objects.get(username="husband"),
        at=now - timedelta(days=2),
        field="address",
        wanted="青禾县示例大道 12 号 3 栋 402 室",
        because="我去年搬家了，登记的还是老地址。",
    )
    refused = Docket.objects.filter(person=stranger.person_id, status="refused").order_by("-pk").first()
    asked = {"by": stranger, "at": now - timedelta(days=1), "because": "居住证明上是我的曾用名，户口簿上可以看到。", "about": refused}
    open_review(stranger.person, **asked) if refused else open_review(neighbour.person, **asked | {"by": neighbour, "about": None})
    return 2
