"""What is built from sources before the first page can be shown: the front end's files and the compiled translations."""
import subprocess
import sys

from xinyijian.serve.places import ROOT
from xinyijian.serve.steps import once, say, step


def compile_translations(folder):
    """locale/*/LC_MESSAGES/*.po to .mo with Babel: no system tool is needed."""
    catalogues = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    if not all(path.with_suffix(".mo").exists() for path in catalogues):
        (folder / "translations.stamp").unlink(missing_ok=True)
    if catalogues:
        once(folder / "translations.stamp", catalogues, "translations", lambda: [compile_catalogue(path) for path in catalogues])


def compile_catalogue(path):
    """One .po file to the .mo beside it; unsure (fuzzy) entries stay out."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as source:
        catalogue = read_po(source)
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue, use_fuzzy=False)


def build_assets():
    """What script/assets does; nothing when nothing has changed."""
    from xinyijian.assets import build

    with step("front end files"):
        build()


def collect_static(folder, env):
    """Every static file under a name with its hash, compressed beforehand."""
    inputs = [ROOT / "requirements.lock", ROOT / "static", *ROOT.glob("xinyijian/*/static")]
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear"]
    once(folder / "static.stamp", inputs, "static files", lambda: quietly(command, env))


def quietly(command, env=None):
    """Run a command; its output is shown only when it fails, and then we end."""
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        say(f"failed: {' '.join(command)}")
        sys.exit(done.stdout + done.stderr)
