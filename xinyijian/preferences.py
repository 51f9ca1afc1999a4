"""How one reader wants the pages: language, large print, size, contrast, dark. Kept in two cookies, never guessed."""
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

DISPLAY_COOKIE = "display"
SIZES = (18, 20, 22, 24, 26, 28, 30)  # pixels where the browser's own size is 16 (domain.md 8.5: 18 to 30)
LARGE = 22
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Display:
    """What the pages look like for this reader; `size` counts only in large print."""

    elder: bool = False
    size: int = LARGE
    contrast: bool = False
    dark: bool = False

    @classmethod
    def read(cls, cookie: str) -> "Display":
        """From the cookie's words; whatever is unknown there is passed over."""
        words = set(cookie.split("."))
        size = next((size for size in SIZES if str(size) in words), LARGE)
        return cls("elder" in words, size, "contrast" in words, "dark" in words)

    def cookie(self) -> str:
        """The words that `read` understands."""
        words = [word for word in ("elder", "contrast", "dark") if getattr(self, word)]
        return ".".join([*words, str(self.size)])

    @property
    def classes(self) -> str:
        """The classes of the <html> element (tokens.css)."""
        words = [word for word in ("contrast", "dark") if getattr(self, word)]
        return " ".join(words + ["elder", f"size-{self.size}"] * self.elder)

    def changed(self, wish) -> "Display":
        """With the switches of a posted form: elder, contrast, dark = on|off; size = a number of SIZES."""
        switches = {name: wish[name] == "on" for name in ("elder", "contrast", "dark") if wish.get(name) in ("on", "off")}
        if wish.get("size") in map(str, SIZES):
            switches |= {"size": int(wish["size"]), "elder": True}
        return replace(self, **switches)


def display_of(request: HttpRequest) -> Display:
    """What this reader has chosen."""
    return Display.read(request.COOKIES.get(DISPLAY_COOKIE, ""))


def language_of(request: HttpRequest) -> str:
    """The language she has chosen; Chinese until then, whatever her browser asks for."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """The page of switches, and the place where every switch on other pages posts to."""
    if request.method == "GET":
        return render(request, "layouts/preferences.html", {"sizes": SIZES})
    response = HttpResponseRedirect(_way_back(request))
    remember(request, response, request.POST)
    return response


def remember(request: HttpRequest, response: HttpResponse, wish) -> None:
    """Keep what somebody wishes in her cookies; messages to her follow the language."""
    language = wished_language(wish)
    for name, value in (wished_display(request, wish) | language).items():
        response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    chosen = language.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen and request.user.is_authenticated and request.user.language != chosen:
        get_user_model().objects.filter(pk=request.user.pk).update(language=chosen)


def wished_display(request: HttpRequest, wish) -> dict:
    """The cookie of the display as she wishes it now."""
    return {DISPLAY_COOKIE: display_of(request).changed(wish).cookie()}


def wished_language(wish) -> dict:
    """The cookie of the language; nothing when the wish names none that we speak."""
    chosen = wish.get("language")
    return {settings.LANGUAGE_COOKIE_NAME: chosen} if chosen in dict(settings.LANGUAGES) else {}


def _way_back(request) -> str:
    wish = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return wish if safe and wish.startswith("/") else reverse("preferences")

