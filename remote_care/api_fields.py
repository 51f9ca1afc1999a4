"""What a hospital's system says and reads of a filing: the one place where our names meet those of the national interface."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.fields import empty

from xinyijian.casework import pages, words
from xinyijian.casework.api.fields import Strict, Text
from xinyijian.casework.api.pages import PageQuery
from xinyijian.casework.api.persons import Someone
from xinyijian.casework.days import local
from xinyijian.people.models import Region

from .models import Filing
from .papers import name_of
from .services import SOURCES
from .states import LEVELS

NO_CITY = _("This is no city that can be filed for")
COLUMNS = {  # national name -> ours; what it has no name for is called as here
    "type": "type",
    "occasion": "occasion",
    "fixmedins_name": "care_hospital",
    "adm_time": "admitted_on",
    "dscg_time": "discharge_at",
    "referral_hospital": "referral_hospital",
    "referral_level": "referral_level",
    "mdtrtarea_admdvs": "place",
    "begndate": "start_on",
    "addr": "remote_address",
    "coner_name": "contact_name",
    "tel": "contact_phone",
    "resident_since": "resident_since",
    "basis": "basis",
}


class City(Text):
    """Six digits of the city of care."""

    default_error_messages = {"no_city": NO_CITY}

    def run_validation(self, data=empty):
        code = super().run_validation(data)
        city = Region.objects.filter(code=code, level=Region.Level.CITY).first()
        if city is None:
            self.fail("no_city")
        return city


class Answers(Strict):
    """What is filled in, all at once or bit by bit."""

    type = serializers.ChoiceField(Filing.Type.choices, required=False, help_text="type; long_residence when left out")
    occasion = serializers.ChoiceField(Filing.Occasion.choices, required=False, help_text="whether care there has begun")
    fixmedins_name = Text(required=False, max_length=100, help_text="hospital there, of a stay that has begun")
    adm_time = serializers.DateField(required=False, help_text="day of its admission")
    dscg_time = serializers.DateTimeField(required=False, help_text="its discharge, also when only expected")
    referral_hospital = Text(required=False, max_length=100, help_text="hospital that refers, for the type referred")
    referral_level = serializers.ChoiceField(LEVELS, required=False, help_text="its level, 3 to 0")
    mdtrtarea_admdvs = City(required=False, max_length=6, help_text="city of care, six digits")
    begndate = serializers.DateField(required=False, help_text="first day; today when left out")
    resident_since = serializers.DateField(required=False, help_text="living there since")
    basis = serializers.ChoiceField(Filing.Basis.choices, required=False, help_text="with a proof of residence, or by commitment letter")
    addr = Text(required=False, max_length=200, help_text="detailed address at the place of care")
    coner_name = Text(required=False, max_length=50, help_text="contact person")
    tel = Text(required=False, max_length=30, help_text="her phone")

    @staticmethod
    def columns(values) -> dict:
        """{our field: value} of what was said."""
        return {COLUMNS[name]: value for name, value in values.items() if name in COLUMNS}


class NewFiling(Someone, Answers):
    """Who it is for, and what is known already. The person must be present."""

    dcla_souc = serializers.ChoiceField(
        [("01", "designated hospital"), ("04", "app"), ("05", "machine")],
        help_text="source of the declaration: 01 from a hospital's key, 04 or 05 from the key of an online platform",
    )
    entry = serializers.ChoiceField(
        [(Filing.Channel.PROVINCIAL, "the province's app"), (Filing.Channel.NATIONAL, "the national platform")],
        required=False,
        help_text="with 04: which app, because papers and order of the steps differ",
    )

    def besides(self):
        return {*COLUMNS, "dcla_souc", "entry"}


class PaperIn(Strict):
    """A document as a photo or PDF."""

    kind = Text(max_length=40, help_text="what it is, e.g. identity_card, residence_proof")
    file = serializers.FileField(help_text="JPEG, PNG, WebP or PDF, at most 10 MB")


class Signature(Strict):
    """That she has read or signed this very text."""

    sha256 = Text(max_length=64, help_text="of the text as it was shown to her")


class FilingQuery(PageQuery):
    """One's own filings, newest first."""

    status = serializers.ChoiceField(Filing.Status.choices, required=False)


class FilingShort(serializers.Serializer):
    """A line of the list."""

    number = serializers.CharField()
    status = serializers.ChoiceField(Filing.Status.values)
    psn_no = serializers.CharField()
    insuplc_admdvs = serializers.CharField(help_text="insured in")
    mdtrtarea_admdvs = serializers.CharField(allow_null=True)
    begndate = serializers.DateField(allow_null=True)
    enddate = serializers.DateField(allow_null=True)
    dcla_souc = serializers.CharField()
    trt_dcla_detl_sn = serializers.CharField(allow_blank=True, help_text="number of the platform, once it is in force")
    opened_at = serializers.DateTimeField()


class DueShown(serializers.Serializer):
    """What somebody has to do until when."""

    name = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class FilingFull(FilingShort):
    """One filing with what is owed and what can be done."""

    status_text = serializers.CharField()
    because = serializers.CharField(allow_blank=True, help_text="reason given by the bureau")
    redo = serializers.ListField(child=serializers.CharField(), help_text="documents to be given again")
    owed = serializers.ListField(child=serializers.CharField(), help_text="documents that were promised and have not come")
    due = DueShown(many=True)
    steps = serializers.ListField(child=serializers.CharField(), help_text="what you can do now: POST to …/<step>/")


class FilingPage(serializers.Serializer):
    """A page of the list."""

    filings = FilingShort(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class PaperShown(serializers.Serializer):
    """A document that was received."""

    kind = serializers.CharField()
    name = serializers.CharField()
    sha256 = serializers.CharField()


class LetterShown(serializers.Serializer):
    """A text that she reads or signs."""

    name = serializers.CharField()
    version = serializers.CharField()
    text = serializers.CharField()
    sha256 = serializers.CharField()
    signed = serializers.BooleanField()


class LetterList(serializers.Serializer):
    """What this filing asks her to read or sign, as it reads now."""

    letters = LetterShown(many=True)


def short(filing) -> dict:
    """A line of the list."""
    return {
        "number": filing.number,
        "status": filing.status,
        "psn_no": filing.person.psn_no,
        "insuplc_admdvs": filing.region_id,
        "mdtrtarea_admdvs": filing.place_id,
        "begndate": filing.start_on,
        "enddate": filing.end_on,
        "dcla_souc": SOURCES[filing.channel],
        "trt_dcla_detl_sn": filing.platform_number,
        "opened_at": moment(filing.opened_at),
    }


def full(filing, *, by, at) -> dict:
    """One filing."""
    kind = filing.docket.kind
    dues = [{"name": due.name, "text": words.due(kind, due.name, staff=True), "at": moment(due.at)} for due in pages.dues_of(filing, at)]
    return short(filing) | {
        "status_text": str(words.status(kind, filing.status, staff=True)["word"]),
        "because": filing.because,
        "redo": list(filing.redo),
        "owed": list(filing.owed),
        "due": dues,
        "steps": [step.verb for step in pages.buttons_for(filing, by=by, at=at)],
    }


def paper(document) -> dict:
    """What was received."""
    return {"kind": document.kind, "name": name_of(document.kind), "sha256": document.sha256}


def moment(at) -> str:
    """RFC 3339 with the zone of Shanghai."""
    return local(at).isoformat(timespec="seconds")
