"""The simulators' own SQLite file. Nothing of the project's database is ever read here."""
import sqlite3
from contextlib import contextmanager

from django.conf import settings

TABLES = """
CREATE TABLE IF NOT EXISTS filing (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, place TEXT NOT NULL, input TEXT NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL DEFAULT 'sms', key TEXT UNIQUE NOT NULL, receipt TEXT UNIQUE NOT NULL,
    phone TEXT NOT NULL, text TEXT NOT NULL,
    sent_at TEXT NOT NULL, status TEXT NOT NULL, copies INTEGER NOT NULL DEFAULT 1, tries INTEGER NOT NULL DEFAULT 0, post_after REAL);
CREATE INDEX IF NOT EXISTS message_to_post ON message (post_after) WHERE post_after IS NOT NULL;
CREATE TABLE IF NOT EXISTS fault (gateway TEXT NOT NULL, mode TEXT NOT NULL, share REAL NOT NULL, PRIMARY KEY (gateway, mode));
CREATE TABLE IF NOT EXISTS person (
    psn_no TEXT PRIMARY KEY, name TEXT NOT NULL, cert_type TEXT NOT NULL, cert_number TEXT NOT NULL, born_on TEXT NOT NULL,
    sex TEXT NOT NULL, region_id TEXT NOT NULL, insutype TEXT NOT NULL, psn_type TEXT NOT NULL, balc TEXT NOT NULL,
    grade TEXT NOT NULL DEFAULT '', valid_from TEXT NOT NULL DEFAULT '', valid_until TEXT NOT NULL DEFAULT '',
    UNIQUE (cert_type, cert_number));
CREATE TABLE IF NOT EXISTS voucher (
    id INTEGER PRIMARY KEY, code TEXT UNIQUE NOT NULL, psn_no TEXT NOT NULL, good_until REAL NOT NULL, used_by TEXT,
    token TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS asked (id INTEGER PRIMARY KEY, infno TEXT NOT NULL, msgid TEXT NOT NULL, sender TEXT NOT NULL);
"""


def prepare() -> None:
    """Make the file and its tables where they are missing."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with opened() as store:
        store.execute("PRAGMA journal_mode=WAL")
        columns = [row["name"] for row in store.execute("PRAGMA table_info(message)")]
        if columns and "channel" not in columns:  # of an older demo: nobody misses its messages
            store.execute("DROP TABLE message")
        store.executescript(TABLES)


@contextmanager
def opened():
    """A connection for one piece of work: committed at the end, rolled back on an exception."""
    store = sqlite3.connect(settings.DATA_DIR / "simulators.sqlite3", timeout=10)
    store.row_factory = sqlite3.Row
    store.execute("PRAGMA synchronous=OFF")  # a power cut may cost a demo its last messages
    try:
        with store:
            yield store
    finally:
        store.close()
