"""How a browser of the tests comes in by the doors of staff: a password, then the code that the authenticator shows."""
import base64

from django.utils import timezone
from django_otp.oath import TOTP

from xinyijian.people.models import Authenticator

from .town import PASSWORD, TOTP_SECRET


def code_at(at, secret=TOTP_SECRET, ahead=0) -> str:
    """What the authenticator shows at that moment, or `ahead` half minutes later."""
    totp = TOTP(base64.b32decode(secret), drift=ahead)
    totp.time = at.timestamp()
    return f"{totp.token():06}"


def enter(browser, username="clerk", password=PASSWORD):
    """Both steps; the last answer."""
    answer = browser.post("/sign-in/password/", {"username": username, "password": password})
    if answer.status_code == 302 and answer.url == "/sign-in/second/":
        Authenticator.objects.filter(user__username=username).update(last_step=0)  # as if half a minute had gone by
        return browser.post(answer.url, {"code": code_at(timezone.now())})
    return answer
