"""Pages of the filing form about the type, a stay that has begun, and a referral."""
from django.utils.translation import gettext_lazy as _

from . import walk
from .draft_views import QuestionPage
from .entitlements import of_type
from .paper_form import SCHEMES
from .states import CATEGORIES, Channel, Type
from .stay_forms import CareForm, ReferralForm, StayForm, TypeForm

HINTS = {
    Type.SETTLED_RETIREE: _("You are retired and your household register is at the place where you live now."),
    Type.LONG_RESIDENCE: _("You live there for long, for example with your children."),
    Type.POSTED_WORKER: _("Your employer has posted you there."),
    Type.REFERRED: _("A hospital at home sends you to a hospital there."),
    Type.OTHER_TEMPORARY: _("You go there for care by your own decision, or fall ill on a journey."),
}


class TypePage(QuestionPage):
    """S3.12, S3.27: the type, with what is paid; on the national platform beside the insured place and the scheme."""

    page, form_class = walk.TYPE, TypeForm

    def show(self, form, **more):
        insutype = self.filing.insutype
        national = self.filing.channel == Channel.NATIONAL
        return super().show(form, groups=lambda: self.groups(form), scheme=SCHEMES.get(insutype, insutype), national=national, **more)

    def groups(self, form) -> list[tuple]:
        """[(category, [(radio, hint, share after filing), …]), …]"""
        params, scheme, radios = self.filing.params(), self.filing.insutype, {radio.data["value"]: radio for radio in form["type"]}
        rows = [(word, [(radios[t], HINTS[t], of_type(params, t, scheme).filed) for t in types if t in radios])
                for word, types in CATEGORIES]
        return [group for group in rows if group[1]]


class CarePage(QuestionPage):
    page, form_class = walk.CARE, CareForm


class StayPage(QuestionPage):
    page, form_class = walk.STAY, StayForm


class ReferralPage(QuestionPage):
    page, form_class = walk.REFERRAL, ReferralForm
