"""The laws of the house over templates, texts and everything that is published with the repository."""

import ast
import os
import re
import subprocess

from tests.house import PRODUCT, ROOT, found, python, text_of, tracked, tree

HTML = [n for n in tracked() if n.endswith(".html")]
INLINE = re.compile(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
# In pieces, so that these lines are not found themselves.
PLACES = re.compile(r"(?<![\w.])(/wo" r"rk/|/ro" r"ot/|/ho" r"me/\w)|/opt/(?:pypi|wheels)|/User" r"s/\w")
REGISTRIES = re.compile(r"py" r"pi\.org|pythonh" r"osted|registry\.np" r"mjs|--(?:extra-)?in" r"dex-url|/simp" r"le/?\b", re.IGNORECASE)
ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}  # Django knows these names
LOCKS = ("package-lock.json", "requirements.lock", "requirements-dev.lock")


def lines(names):
    """(file, line number, text) of tracked text files."""
    for name in names:
        for number, line in enumerate(text_of(name).splitlines(), 1):
            yield name, number, line


def test_templates_carry_neither_style_nor_script():
    found((name, number, line.strip()) for name, number, line in lines(HTML) if INLINE.search(line))


def test_pages_load_nothing_from_elsewhere():
    found((name, number, line.strip()) for name, number, line in lines(HTML) if OUTSIDE.search(line))


def test_nothing_tells_on_whose_machine_it_was_made():
    found((name, number, line.strip()[:80]) for name, number, line in lines(tracked()) if PLACES.search(line))


def test_nothing_names_a_package_registry():
    found((name, number, line.strip()[:80]) for name, number, line in lines(tracked()) if REGISTRIES.search(line))
    hosts = {re.sub(r"^\w+://(?:[^@/]*@)?([^/:]+).*", r"\1", url) for key, url in os.environ.items() if "INDEX" in key and "://" in url}
    found((name, number) for name, number, line in lines(tracked()) for host in hosts if host and host in line)


def test_locks_name_no_address():
    found(
        (name, number)
        for name, number, line in lines(LOCKS)
        if re.search(r"https?://", line) and "funding" not in line and '"url"' not in line
    )


def test_the_readme_names_what_is_there_and_all_of_it():
    readme = text_of("README.md")
    named = {name.rstrip("/") for name in re.findall(r"`([a-z_.]+(?:/[\w.-]*)+)`", readme) if not name.startswith(".var")}
    found(f"README names {name}, which is not there" for name in sorted(named) if not (ROOT / name).exists())
    tops = {name.split("/")[0] for name in tracked() if "/" in name and not name.startswith(".")}
    found(f"README does not name {top}/" for top in sorted(tops) if f"{top}/" not in readme)


def test_no_template_is_left_alone():
    """A template that no code, no template and no step names is dead."""
    code = "\n".join(text_of(n) for n in tracked() if n.endswith((".py", ".html", ".txt")))
    computed = [re.compile(pattern) for name in python(*PRODUCT) for pattern in templates_put_together(name)]
    names = [n.removeprefix("templates/") for n in tracked() if n.startswith("templates/") and not n.startswith("templates/admin/")]
    found(n for n in names if n not in code and n not in ERROR_PAGES and not any(p.fullmatch(n) for p in computed))


def templates_put_together(name):
    """A pattern for each f-string of a module that ends like a template's name."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
            if parts[-1].endswith((r"\.html", r"\.txt", r"\.svg")) and parts != [".+", r"\.html"]:
                yield "".join(parts)


def test_large_files_do_not_come_in_unseen():
    sizes = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    found(n.decode() for n in sizes if n and (ROOT / n.decode()).is_file() and (ROOT / n.decode()).stat().st_size > 2_000_000)
