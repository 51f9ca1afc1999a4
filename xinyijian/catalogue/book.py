"""The declared list of services, read once from fixtures/catalogue.yaml (S0.1, S0.11)."""
from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FILE = settings.BASE_DIR / "fixtures" / "catalogue.yaml"
PARTS = {"bureau": _("At the insurance bureau"), "care": _("While you are being treated")}
LISTS = ("papers", "steps")


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the programme, in both languages; `door` names the page where one begins, "" while it is not built."""

    id: str
    part: str
    basis: tuple[str, ...]
    family: bool  # besides the person of excellent credit also spouse, parents and children
    door: str
    texts: dict  # {"name": {"zh": …, "en": …}, …}

    def __getattr__(self, name):
        try:
            return self.texts[name]["en" if get_language() == "en" else "zh"]
        except KeyError:
            raise AttributeError(name) from None


@cache
def services() -> tuple[Service, ...]:
    """All thirteen, in the order of the source."""
    return tuple(_service(**row) for row in yaml.safe_load(FILE.read_text(encoding="utf-8")))


def service(id: str) -> Service | None:
    """The one of that name, or None."""
    return next((one for one in services() if one.id == id), None)


def _service(id, part, basis, family, door, **texts):
    if part not in PARTS or any(len(texts[name]["zh"]) != len(texts[name]["en"]) for name in LISTS):
        raise ValueError(f"{FILE.name}: {id} is not complete in both languages")
    return Service(id, part, tuple(basis), family, door, texts)


def names() -> dict:
    """{id: name in the active language when it is shown}, for the table of rules."""
    return {one.id: name_of(one.id) for one in services()}


name_of = lazy(lambda id: service(id).name, str)
