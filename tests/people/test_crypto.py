"""Personal text at rest: sealed, found again by digest, and never readable when somebody touched it."""
import base64

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from tests.town import make_person
from xinyijian.people import crypto
from xinyijian.people.models import Person

OLD, NEW = base64.b64encode(b"o" * 32).decode(), base64.b64encode(b"n" * 32).decode()


@pytest.fixture(params=["AES-256-GCM", "SM4-GCM"])
def cipher(request, settings):
    settings.FIELD_CIPHER = request.param
    return request.param


@pytest.mark.parametrize("text", ["李晓兰", "439901198804121028", "x", "长" * 5000, "a.b:c", "0"])
def test_what_is_sealed_opens_again(cipher, text):
    assert crypto.decrypt(crypto.encrypt(text)) == text


def test_the_same_text_is_sealed_differently_every_time(cipher):
    assert crypto.encrypt("李晓兰") != crypto.encrypt("李晓兰")


def test_nothing_stays_nothing(cipher):
    assert crypto.encrypt("") == "" and crypto.decrypt("") == ""


def test_the_name_of_the_key_stands_before_the_sealed_text(cipher, settings):
    settings.FIELD_KEYS = [f"k2026:{NEW}"]
    assert crypto.encrypt("x").startswith("k2026.")


def test_any_changed_byte_is_noticed(cipher):
    label, text = crypto.encrypt("439901198804121028").rsplit(".", 1)
    raw = base64.b64decode(text)
    for place in range(len(raw)):
        bad = bytearray(raw)
        bad[place] ^= 1
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(f"{label}.{base64.b64encode(bytes(bad)).decode()}")


NEVER_SEALED = ["李晓兰", "demo.a.", "demo.a.AAAA", "demo.z.AAAA", "none.a.AAAA", "demo.a.!!!", "..", "demo.a.QUJD.QUJD"]


@pytest.mark.parametrize("stored", NEVER_SEALED)
def test_what_was_never_sealed_is_refused_instead_of_shown(stored):
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(stored)


def test_a_text_cannot_be_passed_off_as_sealed_by_another_key_or_cipher(settings):
    settings.FIELD_KEYS = [f"a:{NEW}", f"b:{NEW}"]
    sealed = crypto.encrypt("x")
    for changed in (sealed.replace("a.", "b.", 1), sealed.replace("a.a.", "a.s.", 1)):
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(changed)


def test_old_keys_read_and_the_first_key_writes(cipher, settings):
    settings.FIELD_KEYS = [f"old:{OLD}"]
    before = crypto.encrypt("李晓兰")
    settings.FIELD_KEYS = [f"new:{NEW}", f"old:{OLD}"]
    assert crypto.decrypt(before) == "李晓兰"
    assert crypto.encrypt("李晓兰").startswith("new.")
    settings.FIELD_KEYS = [f"new:{NEW}"]
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(before)


def test_a_change_of_cipher_keeps_what_the_other_one_wrote(settings):
    settings.FIELD_CIPHER = "AES-256-GCM"
    before = crypto.encrypt("x")
    settings.FIELD_CIPHER = "SM4-GCM"
    assert crypto.decrypt(before) == "x" and crypto.encrypt("x").split(".")[1] == "s"


def test_sm4_gcm_is_the_standard_one(settings):
    """RFC 8998, appendix A.1: the tag and the first block of the published example."""
    engine = crypto.Sm4Gcm(b"")
    engine.algorithm = crypto.algorithms.SM4(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    clear = bytes.fromhex("".join(digit * 16 for digit in "abcdefea"))
    sealed = engine.encrypt(bytes.fromhex("00001234567800000000abcd"), clear, bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
    assert sealed[:16].hex() == "17f399f08c67d5ee19d0dc9969c4bb7d" and sealed[-16:].hex() == "83de3541e4c2b58177e065a9bf7b62ec"


@pytest.mark.parametrize("other", ["４３９９０１１９８８０４１２１０２８", " 439901 19880412 1028 ", "439901198804121028"])
def test_two_writings_of_a_number_have_one_digest(other):
    assert crypto.blind_index(other, "certificate") == crypto.blind_index("439901198804121028", "certificate")


def test_x_and_small_x_have_one_digest():
    assert crypto.blind_index("43990119880412102x") == crypto.blind_index("43990119880412102X")


def test_purposes_and_keys_never_share_a_digest(settings):
    digest = crypto.blind_index("19900000001", "phone")
    assert digest != crypto.blind_index("19900000001", "certificate")
    settings.INDEX_KEY = "another"
    assert digest != crypto.blind_index("19900000001", "phone")


def test_the_digest_of_nothing_is_nothing():
    assert crypto.blind_index("") == "" == crypto.blind_index("  ")


def test_a_sealed_field_cannot_be_searched_by_mistake():
    with pytest.raises(FieldError):
        Person.objects.filter(name="李晓兰")


def test_the_database_holds_no_clear_text(town):
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT row::text FROM people_{table} row" for table in ("person", "user", "phone")))
        dump = "\n".join(row for row, in cursor.fetchall())
    for person in Person.objects.all():
        for secret in (person.name, person.cert_number, person.phone):
            assert secret and secret not in dump


def test_saving_a_row_moves_it_to_the_newest_key(town, settings):
    settings.FIELD_KEYS = [f"new:{NEW}", *settings.FIELD_KEYS]
    person = Person.objects.get(pk=town.lan_person.pk)
    person.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person WHERE id = %s", [person.pk])
        assert cursor.fetchone()[0].startswith("new.")
    assert Person.objects.get(pk=person.pk).name == "李晓兰"


def test_the_digest_follows_its_field(db, town):
    person = make_person(serial=901)
    person.phone = "19900000999"
    person.save()
    assert Person.objects.get(phone_digest=crypto.blind_index("19900000999", "phone")) == person
