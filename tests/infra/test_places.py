"""Secrets are made once, for one user; two supervisors never share a folder; a taken port is explained."""
import socket
import stat
import subprocess
import sys

import pytest

from xinyijian.serve.places import ROOT, data_folder, kept_secrets, take_lock
from xinyijian.serve.server import choose_port


def test_secrets_are_made_once_and_readable_by_their_user_only(tmp_path):
    first = kept_secrets(tmp_path)
    assert kept_secrets(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert len(set(first.values())) == len(first)


def test_two_folders_have_different_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert not set(kept_secrets(tmp_path / "a").values()) & set(kept_secrets(tmp_path / "b").values())


def test_a_second_supervisor_of_the_same_folder_is_turned_away(tmp_path):
    assert take_lock(tmp_path)
    code = f"from pathlib import Path; from xinyijian.serve.places import take_lock; print(take_lock(Path({str(tmp_path)!r})))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout.strip() == "False"


def test_the_data_folder_can_be_named(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "here"))
    assert data_folder() == tmp_path / "here"
    assert data_folder().is_dir()


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_wanted_port_that_is_in_use_is_explained_with_another(taken_port):
    with pytest.raises(SystemExit, match=rf"Port {taken_port} is in use .* script/server --port \d+"):
        choose_port(taken_port)


def test_without_a_wish_the_next_free_port_is_taken():
    assert choose_port(None) >= 8000
