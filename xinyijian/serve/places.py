"""Where a checkout keeps what it makes: databases, documents, secrets, logs. Several checkouts never share a folder."""
import base64
import fcntl
import hashlib
import json
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def data_folder():
    """DATA_DIR, else .var; as root below /var/lib, because there PostgreSQL runs as a user who may not enter a private checkout."""
    if "DATA_DIR" in os.environ:
        folder = Path(os.environ["DATA_DIR"]).resolve()
    elif os.geteuid() == 0:
        folder = Path("/var/lib/xinyijian") / hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    else:
        folder = ROOT / ".var"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def packages():
    """The folders of code that the portal runs."""
    return [path.parent for path in sorted(ROOT.glob("*/__init__.py")) if path.parent.name not in ("tests", "bench")]


def take_lock(folder, name="server"):
    """Hold "the servers of this folder are up" until this process ends; False when another process holds it."""
    file = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return False
    return True


def write_private(path, text):
    """A file that only this user reads."""
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def kept_secrets(folder):
    """The demo's secrets, made once: {environment name: value}. Without them its encrypted columns cannot be read."""
    path = folder / "secrets.json"
    if not path.exists():
        write_private(path, json.dumps(new_secrets(), indent=1))
    return json.loads(path.read_text())


def new_secrets():
    """{environment name: a fresh value} of everything that must be secret."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    names = ("SECRET_KEY", "INDEX_KEY", "GATEWAY_SECRET", "OWNER_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD")
    return {"FIELD_KEYS": f"local:{key}"} | {name: secrets.token_urlsafe(40) for name in names}
