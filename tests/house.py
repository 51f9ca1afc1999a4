"""What the tests of the house look at: tracked files, parsed modules, and the calls in them."""

import ast
import io
import subprocess
import tokenize
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("remote_care", "family", "chronic_disease", "deferred_pay", "priority_care", "data_rights")
PRODUCT = ("xinyijian", *SERVICES)


@cache
def tracked() -> tuple[str, ...]:
    """Every file that git knows and that is still there, as a path from the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def text_of(name) -> str:
    """The text of a tracked file; "" when it is none."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python(*tops) -> list[str]:
    """Tracked Python files below these top-level folders (all when none is given); migrations are written by Django."""
    return [n for n in tracked() if n.endswith(".py") and "/migrations/" not in n and (not tops or n.split("/")[0] in tops)]


@cache
def tree(name) -> ast.Module:
    """The parsed module."""
    return ast.parse(text_of(name), name)


def calls(name):
    """(line, dotted name, names of keywords and number of the other arguments) of every call in a module."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func), {k.arg for k in node.keywords}, len(node.args)


def imports(name):
    """(line, module) of every import in a module."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module or ''}.{alias.name}") for alias in node.names)


def dotted(node) -> str:
    """`a.b.c` of an expression; what is not a name is left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def comments(name):
    """(line, text) of every comment in a module."""
    for token in tokenize.generate_tokens(io.StringIO(text_of(name)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def names(name):
    """(line, dotted name) of every attribute in a module."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, dotted(node)


def found(findings):
    """Nothing; or every place, one a line."""
    listed = [f if isinstance(f, str) else ":".join(map(str, f)) for f in findings]
    assert not listed, "\n".join(["", *listed])
