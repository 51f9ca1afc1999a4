"""Browser tests drive the system's Chromium: best the one without windows, which takes a third of the time."""
import shutil

import pytest

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """pytest-playwright's own fixture, with the browser that is installed instead of one that would have to be downloaded."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if not found:
        install = "Debian: apt-get install chromium-headless-shell fonts-noto-cjk"
        pytest.fail(f'No Chromium is installed ({install}). Without it: script/test -m "not browser"')
    return {**browser_type_launch_args, "executable_path": found}
