"""Texts that people read or sign: Chinese, of a version, with an English reading aid. Old versions stay in the repository."""
import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import override

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, kw_only=True)
class VersionedText:
    """A text of which every character counts: `sha256` is over the Chinese text in UTF-8; `aid` only helps to read it."""

    version: str
    text: str
    aid: str

    @property
    def sha256(self) -> str:
        """64 hex digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def title(self) -> str:
        """Its first line, in Chinese."""
        return self.text.split("\n", 1)[0]

    @property
    def body(self) -> str:
        """All but the title."""
        return self.text.split("\n", 1)[1].strip()

    @property
    def aid_title(self) -> str:
        """The first line of the reading aid."""
        return self.aid.split("\n", 1)[0]

    @property
    def aid_body(self) -> str:
        """The reading aid without its title."""
        return self.aid.split("\n", 1)[1].strip()


def read(name, version, context=dict) -> dict:
    """{version, text, aid} from templates/letters/<name>/; `context` is asked once in each language."""
    texts = []
    for language in LANGUAGES:
        with override(language):
            texts.append(render_to_string(f"letters/{name}/{version}.{language}.txt", context()).strip() + "\n")
    return {"version": version, "text": texts[0], "aid": texts[1]}
