"""The Chinese catalogue without gettext's programs: collect what is said, merge it, compile it (all by Babel).

`script/messages` collects and merges and says what is missing; `script/messages compile` makes the .mo that Django reads.
"""
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

from xinyijian.serve.assets import compile_catalogue

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
FOLDERS = ["xinyijian", "templates", "remote_care", "family", "chronic_disease", "deferred_pay", "priority_care", "data_rights"]
SUFFIXES = {".py", ".html", ".txt", ".typ"}
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
            "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3)}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"""\b(?:_|n?p?gettext)\((?:{STRING}|[^()'"])*\)""")
HEADER = rb"""msgid ""
msgstr ""
"Language: zh_Hans\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def collect() -> Catalog:
    """Everything that the sources say, in English, with the files where it stands."""
    found = Catalog(locale="zh_Hans", project="xinyijian", charset="utf-8", fuzzy=False)
    for path in _sources():
        for _line, function, message, _comments in extract_python(BytesIO(_code_of(path).encode()), KEYWORDS, [], {"encoding": "utf-8"}):
            context, message = _message(KEYWORDS[function], message)
            if message and (message if isinstance(message, str) else message[0]):
                found.add(message, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    return found


def _sources() -> list[Path]:
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    return sorted(path for path in paths if "migrations" not in path.parts and path.name != "messages.py")


def _code_of(path: Path) -> str:
    """Python as it is; of a template only its calls for a translation, as Django's own makemessages sees them."""
    from django.utils.translation.template import templatize

    text = path.read_text("utf-8")
    return text if path.suffix == ".py" else "\n".join(CALL.findall(templatize(text, origin=str(path))))


def _message(keyword, message):
    """(context or None, "one" or ("one", "many")) of what Babel found in one call."""
    parts = list(message) if isinstance(message, tuple) else [message]
    if keyword is None:
        return None, parts[0]
    places = [place for place in keyword if isinstance(place, int)]
    context = next((parts[place[0] - 1] for place in keyword if isinstance(place, tuple)), None)
    said = tuple(parts[place - 1] for place in places)
    return context, said if len(said) > 1 else said[0]


def read() -> Catalog:
    """The catalogue as it stands in the repository."""
    if not PO.exists():
        return Catalog(locale="zh_Hans", project="xinyijian", charset="utf-8", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def merge() -> Catalog:
    """Brings the catalogue up to what the sources say; translations are never guessed, and what nobody says any more goes."""
    catalogue = read()
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        file.write(HEADER)
        write_po(file, catalogue, width=140, sort_output=True, include_lineno=False, omit_header=True)
    return catalogue


def complaints(said: Catalog, catalogue: Catalog) -> list[str]:
    """Everything that is said but not, not surely, or not with the same placeholders translated."""
    found = [_complaint(message, catalogue.get(message.id, message.context)) for message in said if message.id]
    return [complaint for complaint in found if complaint]


def _complaint(said: Message, message: Message | None) -> str:
    english = said.id if isinstance(said.id, str) else said.id[-1]
    strings = [] if message is None else [message.string] if isinstance(message.string, str) else list(message.string or [])
    chinese = "" if not all(strings) else "".join(strings)
    if not chinese:
        return f"not translated: {english!r}"
    if message.fuzzy:
        return f"fuzzy: {english!r}"
    same = sorted(set(PLACEHOLDER.findall(english))) == sorted(set(PLACEHOLDER.findall(chinese)))
    return "" if same else f"other placeholders: {english!r} and {chinese!r}"


def compile_newer() -> bool:
    """Makes the .mo when the .po is newer; says whether it did."""
    target = PO.with_suffix(".mo")
    if not PO.exists() or (target.exists() and target.stat().st_mtime >= PO.stat().st_mtime):
        return False
    compile_catalogue(PO)
    return True


def main(words: list[str]) -> None:
    """`compile`, or nothing to collect and merge."""
    if words == ["compile"]:
        print("messages: compiled" if compile_newer() else "messages: nothing has changed")
        return
    found = complaints(collect(), merge())
    print(*found, f"messages: {len(found)} to translate", sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
