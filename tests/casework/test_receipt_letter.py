"""The letter about a case: which one, what it says in both languages, who gets it, and that it can always be read."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import segno
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import translation

from tests.filings import FULL, MINUTE, draft, in_force, submitted
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.casework.actors import CLOCK
from xinyijian.casework.letters.content import content_of
from xinyijian.casework.letters.tokens import address_of, code_of, in_groups
from xinyijian.casework.letters.typeset import STAND_IN, typeset
from xinyijian.casework.models import Docket
from xinyijian.casework.workflow import act

HOUR = timedelta(hours=1)
MODULES = 33  # a side of the QR of an address of this length (version 4)
CHINESE, ENGLISH = "zh-hans", "en"


def text_of(pdf) -> str:
    """What can be read in it, without spaces and line ends."""
    return "".join("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())


def letter(case, *, at, language=ENGLISH) -> str:
    """The text of its letter."""
    with translation.override(language):
        return text_of(typeset(content_of(case, at=at), at=at))


def says(text, *words):
    """Fails with the first words that the text lacks."""
    for word in words:
        assert "".join(str(word).split()) in text, word


def refused(town):
    filing = submitted(town, at=JAN_5, papers=FULL)
    reasons = ["illegible", "not_the_person"]
    return act(filing.refuse, by=town.clerk, at=JAN_5 + HOUR, reasons=reasons, because="The scan is black.")


@pytest.mark.req("S0.12", "S0.15")
def test_with_a_gap_it_says_what_is_missing_by_when_and_how_that_was_computed(town):
    filing = in_force(town, at=JAN_5)
    text = letter(filing, at=JAN_5 + HOUR)
    says(text, "Notice of acceptance with documents to follow", filing.number, "In force", "Proof of residence", "missing", "by end of")
    says(text, "working days", "This will do as well", "Signed on 5 January 2026", filing.platform_number, "Place for the seal")


def test_the_chinese_letter_has_english_second_lines_and_the_english_one_chinese(town):
    filing = in_force(town, at=JAN_5)
    says(letter(filing, at=JAN_5 + HOUR, language=CHINESE), "已生效", "In force", "为谁办理", "For whom", "居住证明", "广州市")
    says(letter(filing, at=JAN_5 + HOUR), "In force", "已生效", "For whom", "为谁办理")


def test_without_a_gap_it_is_a_plain_notice_of_acceptance(town):
    text = letter(in_force(town, at=JAN_5, papers=FULL), at=JAN_5 + HOUR)
    says(text, "Notice of acceptance", "It counts today")
    assert "todocumentstofollow" not in text and "withdocuments" not in text and "Papersthatfollowlater" not in text


@pytest.mark.req("S3.24")
def test_a_refusal_lists_every_reason_with_its_remedy_and_the_remedies_at_law(town):
    text = letter(refused(town), at=JAN_5 + HOUR)
    says(text, "Notice of refusal", "A document cannot be read", "Take the photo again in daylight", "A document belongs to somebody else")
    says(
        text,
        "Give the document of the insured person",
        "The scan is black.",
        "Within 60 days",
        "administrative reconsideration",
        "Whom to ask",
    )


def test_while_it_is_looked_at_it_says_by_when_the_bureau_decides(town):
    says(
        letter(submitted(town, at=JAN_5), at=JAN_5 + MINUTE),
        "Receipt: how the case stands",
        "Being looked at",
        "The bureau decides",
        "by end of",
    )


def test_what_was_sent_back_is_named_once_and_completely(town):
    filing = submitted(town, at=JAN_5)
    act(filing.return_to_applicant, by=town.clerk, at=JAN_5 + MINUTE, redo=["identity_card"], because="It is too dark.")
    says(letter(filing, at=JAN_5 + HOUR), "What we need from you", "It is too dark.", "Identity card", "Please correct it")


def test_a_lapsed_filing_says_so_and_what_did_not_come(town):
    filing = in_force(town, at=JAN_5)
    over = filing.gap_term(filing.params()).at
    act(filing.remind_gap, by=CLOCK, at=over - timedelta(days=1))
    act(filing.lapse, by=CLOCK, at=over)
    text = letter(filing, at=over + timedelta(days=2))
    says(text, "No longer in force", "It no longer counts", "Proof of residence", "overdue", "If you do not agree")


def test_a_cancelled_filing_says_since_when_and_why(town):
    filing = in_force(town, at=JAN_5, papers=FULL)
    over = JAN_5 + timedelta(days=200)
    act(filing.cancel, by=filing.opened_by, at=over, because="Moved home.")
    text = letter(filing, at=over + timedelta(days=2))
    says(text, "Cancelled", "It no longer counts", "Moved home.")
    assert "Itcountstoday" not in text


def test_it_names_nobody_in_full(town):
    filing = in_force(town, at=JAN_5)
    text = letter(filing, at=JAN_5 + HOUR)
    says(text, filing.person.masked_name, filing.person.masked_cert, filing.agent.masked_name)
    for secret in (filing.person.name, filing.person.cert_number, filing.remote_address, filing.contact_name, filing.contact_phone):
        assert "".join(secret.split()) not in text


def test_until_there_is_an_official_name_every_letter_says_demo(town, settings):
    filing = submitted(town, at=JAN_5)
    says(letter(filing, at=JAN_5), "Demo system", "without legal effect")
    settings.OFFICIAL_NAME = "青禾县医疗保障局"
    text = letter(filing, at=JAN_5)
    says(text, "青禾县医疗保障局")
    assert "Demosystem" not in text and "withoutlegaleffect" not in text


def test_the_qr_on_the_sheet_leads_to_its_verification(town):
    filing = submitted(town, at=JAN_5)
    address = address_of(filing.number)
    assert address == f"http://127.0.0.1:8000/v/{filing.number}-{code_of(filing.number)}/"
    pdf = typeset(content_of(filing, at=JAN_5), at=JAN_5)
    says(text_of(pdf), in_groups(code_of(filing.number)))
    drawn = read_qr(pypdfium2.PdfDocument(pdf)[0])
    assert drawn == [[bool(module) for module in row] for row in segno.make(address, error="m", micro=False).matrix]


def read_qr(page, scale=4):
    """Its modules, dark or light, as they are drawn in the lower left corner of the sheet."""
    picture = page.render(scale=scale).to_pil().convert("L").point(lambda value: 255 * (value < 60))
    width, height = picture.size
    corner = picture.crop((0, int(height * 0.7), int(width * 0.26), int(height * 0.94)))
    left, top, right, _bottom = corner.getbbox()
    step = (right - left) / MODULES
    middle = [(place + 0.5) * step for place in range(MODULES)]
    return [[corner.getpixel((int(left + x), int(top + y))) > 0 for x in middle] for y in middle]


def test_the_same_letter_is_the_same_file_and_follows_the_archive_standard(town):
    filing = submitted(town, at=JAN_5)
    content = content_of(filing, at=JAN_5)
    pdf = typeset(content, at=JAN_5)
    assert pdf == typeset(content, at=JAN_5)
    assert b"pdfaid:part>2<" in pdf and b"pdfuaid:part>1<" in pdf
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"].endswith(filing.number)


def test_a_character_that_the_font_lacks_is_marked_and_never_a_box(town):
    town.mother_person.name = "𠮷桂英"
    town.mother_person.save()
    text = letter(submitted(town, at=JAN_5), at=JAN_5)
    says(text, "〓**", "the certificate counts")


@pytest.mark.parametrize("typed", ["\ue863", "\x07", "👨\u200d👩", "عربى", "\U000f0001", "\ufffe"])
def test_nothing_that_people_type_stops_a_letter(town, typed):
    filing = submitted(town, at=JAN_5, papers=FULL)
    act(filing.refuse, by=town.clerk, at=JAN_5 + HOUR, reasons=["illegible"], because=f"before {typed} after")
    says(letter(filing, at=JAN_5 + HOUR), "before", STAND_IN, "after")


def test_what_people_typed_is_text_and_never_typesetting(town):
    filing = submitted(town, at=JAN_5, papers=FULL)
    typed = '#panic("x") $a$ *b* "c" \\ [d] <e> @f // g'
    act(filing.refuse, by=town.clerk, at=JAN_5 + HOUR, reasons=["illegible"], because=typed)
    says(letter(filing, at=JAN_5 + HOUR), typed)


def test_without_the_font_nothing_starts_and_no_letter_is_made(town, settings, tmp_path):
    filing = submitted(town, at=JAN_5)
    settings.FONTS_DIR = tmp_path
    with pytest.raises(SystemCheckError, match="font of the letters"):
        call_command("check", stdout=io.StringIO())
    with pytest.raises(ImproperlyConfigured, match="script/assets"):
        letter(filing, at=JAN_5)


@pytest.mark.parametrize("who", ["mother", "lan", "clerk", "officer", "counter"])
def test_whoever_may_see_the_case_gets_it_and_that_is_on_record(town, client, who):
    filing = submitted(town, at=JAN_5)
    user = getattr(town, who)
    client.force_login(user)
    client.cookies["language"] = ENGLISH
    answer = client.get(f"/cases/{filing.number}/receipt.pdf")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf" and filing.number in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    says(text_of(answer.content), filing.number, "Being looked at")
    event = Event.objects.filter(kind=Docket._meta.label, verb="read", object_id=filing.docket_id).latest("id")
    assert (event.by_id, event.person_id, event.data["as"], event.data["letter"]) == (user.pk, filing.person_id, "letter", "standing")
    assert event.on_behalf_of_id == (filing.person_id if who == "lan" else None)


@pytest.mark.parametrize("who", ["stranger", "neighbour", "elsewhere", "jiangsu_clerk", "hospital_a"])
def test_for_everybody_else_it_does_not_exist(town, client, who):
    filing = submitted(town, at=JAN_5)
    client.force_login(getattr(town, who))
    assert client.get(f"/cases/{filing.number}/receipt.pdf").status_code == 404


def test_nobody_gets_it_without_signing_in_and_there_is_none_of_a_draft(town, client):
    filing = draft(town, at=JAN_5)
    assert client.get(f"/cases/{filing.number}/receipt.pdf").status_code == 302
    client.force_login(town.lan)
    assert client.get(f"/cases/{filing.number}/receipt.pdf").status_code == 404
    assert client.post(f"/cases/{filing.number}/receipt.pdf").status_code == 405
