"""Personal text at rest: encrypted under a key that is named beside it, found again by a keyed digest."""
import base64
import hashlib
import hmac
import os
import unicodedata
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

NONCE, TAG = 12, 16  # bytes, as NIST SP 800-38D recommends


class Unreadable(Exception):
    """A stored value was altered, was never encrypted, or its key is not among settings.FIELD_KEYS."""


class Sm4Gcm:
    """SM4-GCM (GB/T 32907) with the face of cryptography's AESGCM; SM4 keys have 16 bytes, so one is derived."""

    def __init__(self, key):
        self.algorithm = algorithms.SM4(hmac.digest(key, b"SM4-GCM", "sha256")[:16])

    def encrypt(self, nonce, clear, label):
        sealer = Cipher(self.algorithm, modes.GCM(nonce)).encryptor()
        sealer.authenticate_additional_data(label)
        return sealer.update(clear) + sealer.finalize() + sealer.tag

    def decrypt(self, nonce, sealed, label):
        opener = Cipher(self.algorithm, modes.GCM(nonce, sealed[-TAG:])).decryptor()
        opener.authenticate_additional_data(label)
        return opener.update(sealed[:-TAG]) + opener.finalize()


CIPHERS = {"AES-256-GCM": ("a", AESGCM), "SM4-GCM": ("s", Sm4Gcm)}
BY_LETTER = {letter: cipher for letter, cipher in CIPHERS.values()}


@lru_cache(maxsize=8)
def _keys(lines):
    """{key id: 32 bytes}, the writing key first."""
    keys = {}
    for line in lines:
        name, _, text = line.partition(":")
        keys[name] = base64.b64decode(text, validate=True)
        if not name.isalnum() or len(keys[name]) != 32:
            raise ImproperlyConfigured("FIELD_KEYS wants 'id:base64 of 32 bytes', the id of letters and digits.")
    return keys


@lru_cache(maxsize=32)
def _engine(letter, key):
    return BY_LETTER[letter](key)


def encrypt(clear):
    """'' stays ''; anything else becomes 'key id.cipher.base64(nonce + ciphertext + tag)', different every time."""
    if clear == "":
        return ""
    name, key = next(iter(_keys(tuple(settings.FIELD_KEYS)).items()))
    letter = CIPHERS[settings.FIELD_CIPHER][0]
    label, nonce = f"{name}.{letter}.", os.urandom(NONCE)
    sealed = _engine(letter, key).encrypt(nonce, clear.encode(), label.encode())
    return label + base64.b64encode(nonce + sealed).decode()


def decrypt(stored):
    """The clear text; raises Unreadable when it was tampered with or its key is gone."""
    if stored == "":
        return ""
    try:
        name, letter, text = stored.split(".")
        raw = base64.b64decode(text, validate=True)
        engine = _engine(letter, _keys(tuple(settings.FIELD_KEYS))[name])
        return engine.decrypt(raw[:NONCE], raw[NONCE:], f"{name}.{letter}.".encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Unreadable("A stored personal value cannot be read: altered, or its key is missing.") from error


def encrypt_many(clears):
    """encrypt() for each, with one look at the keys and one draw of random bytes: an import has millions."""
    name, key = next(iter(_keys(tuple(settings.FIELD_KEYS)).items()))
    letter = CIPHERS[settings.FIELD_CIPHER][0]
    label, seal_one, nonces = f"{name}.{letter}.", _engine(letter, key).encrypt, os.urandom(NONCE * len(clears))
    bound, sealed = label.encode(), []
    for n, clear in enumerate(clears):
        nonce = nonces[n * NONCE : (n + 1) * NONCE]
        sealed.append(label + base64.b64encode(nonce + seal_one(nonce, clear.encode(), bound)).decode() if clear else "")
    return sealed


def normalised(text):
    """What two writings of one number or name have in common: width, case and spaces do not count."""
    text = text or ""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).upper().split())


def blind_index(text, purpose="text"):
    """64 hex digits by which a value is found without being read; '' has ''. Purposes never share digests."""
    return digester(purpose)(plain) if (plain := normalised(text)) else ""


def digester(purpose):
    """A function text -> HMAC-SHA-256 of the text as it is, in hex, under the index key; for very many texts."""
    inner, outer = _begun(settings.INDEX_KEY, purpose)

    def digest(text):
        first, second = inner.copy(), outer.copy()
        first.update(text.encode())
        second.update(first.digest())
        return second.hexdigest()

    return digest


@lru_cache(maxsize=32)
def _begun(key, purpose):
    """Both hashes of HMAC (RFC 2104), fed with all that is equal for every text: three times as fast as hmac.digest."""
    key = key.encode()
    block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    inner.update(f"{purpose}\0".encode())
    return inner, outer


class EncryptedTextField(models.TextField):
    """Text that the database sees only sealed. It cannot be searched: look for its digest instead."""

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_prep_value(self, value):
        return value if value is None else encrypt(str(value))

    def from_db_value(self, value, expression, connection):
        return value if value is None else decrypt(value)


class DigestField(models.CharField):
    """The blind index of the field named `of`, computed whenever the row is saved. Name both in update_fields."""

    def __init__(self, *args, of="", purpose="text", **kwargs):
        self.of, self.purpose = of, purpose
        super().__init__(*args, **{"max_length": 64, "editable": False, "blank": True, "default": ""} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "purpose": self.purpose}

    def pre_save(self, instance, add):
        digest = blind_index(getattr(instance, self.of), self.purpose)
        setattr(instance, self.attname, digest)
        return digest


def seal(clear: bytes, label: str) -> bytes:
    """A file's bytes under the writing key; `label` (its name) is bound in, so that two sealed files cannot change places."""
    name, key = next(iter(_keys(tuple(settings.FIELD_KEYS)).items()))
    letter = CIPHERS[settings.FIELD_CIPHER][0]
    head, nonce = f"{name}.{letter}.".encode(), os.urandom(NONCE)
    return head + nonce + _engine(letter, key).encrypt(nonce, clear, head + label.encode())


def unseal(stored: bytes, label: str) -> bytes:
    """The file's bytes again; Unreadable when altered, misplaced or without its key."""
    try:
        name, letter, raw = stored.split(b".", 2)
        engine = _engine(letter.decode(), _keys(tuple(settings.FIELD_KEYS))[name.decode()])
        return engine.decrypt(raw[:NONCE], raw[NONCE:], name + b"." + letter + b"." + label.encode())
    except (ValueError, KeyError, InvalidTag) as error:
        raise Unreadable("A stored file cannot be read: altered, or its key is missing.") from error
