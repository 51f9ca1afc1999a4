"""Who may act for me, for whom I may act; memberships in a mutual-aid group: giving and declaring them."""
import uuid

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.tasks import nudge
from xinyijian.people import authority, consents
from xinyijian.people.models import FamilyLink, MutualAid

from . import acting, aids
from .link_forms import DAYS

MISSED = {"required": _("Please read the text and tick the box to agree.")}


def relatives_of(user, at) -> dict:
    """{id: adult relative by a link in force}: nobody else is offered online, so that nothing can be tried out."""
    on = day_of(at)
    mine = Q(person=user.person_id) | Q(relative=user.person_id)
    links = FamilyLink.objects.in_force(on).filter(mine).select_related("person", "relative").order_by("pk")
    others = [link.relative if link.person_id == user.person_id else link.person for link in links]
    return {str(one.pk): one for one in others if not authority.is_minor(one.born_on, on) and not one.died_on}


class _TieForm(forms.Form):
    other = forms.ChoiceField(label=_("With whom?"), widget=forms.RadioSelect)
    agree = forms.BooleanField(label=_("I have read the text and agree"), error_messages=MISSED)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(pk, f"{one.masked_name} · {one.masked_cert}") for pk, one in others.items()]
        self.initial |= {"key": uuid.uuid4(), "other": next(iter(others), None)}


class GrantForm(_TieForm):
    services = forms.MultipleChoiceField(label=_("For which services?"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(label=_("Until which day?"), input_formats=DAYS, widget=forms.TextInput(attrs={"class": "short"}))
    field_order = ["other", "services", "until", "agree"]

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].label = _("Who may act for you?")
        self.fields["services"].choices = list(acting.scopes().items())
        self.initial["until"] = latest.isoformat()


class AidForm(_TieForm):
    holds = forms.ChoiceField(label=_("Whose account pays?"), widget=forms.RadioSelect, initial="me",
                              choices=[("me", _("Mine: it pays for the other person")), ("other", _("The other person's: it pays for me"))])
    field_order = ["other", "holds", "agree"]


class AgreeAidForm(forms.Form):
    """The other side's own tick."""

    agree = forms.BooleanField(label=_("I have read the text and agree"), error_messages=MISSED)


class _New(LoginRequiredMixin, View):
    kind = template = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not request.user.person_id:
            raise PermissionDenied
        self.at = business_now()
        self.others = relatives_of(request.user, self.at)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(self.form())

    def post(self, request):
        form = self.form(request.POST)
        if form.is_valid():
            try:
                self.do(self.others[form.cleaned_data["other"]], form.cleaned_data)
                nudge()
                return redirect("family:home")
            except ValidationError as wrong:
                form.add_error(None, wrong)
        return self.show(form, 422)

    def show(self, form, status=200):
        context = {"form": form, "letter": consents.text_of(self.kind), "kind": self.kind, "others": self.others, "tab": "home"}
        return render(self.request, "family/new_tie.html", context, status=status)


class NewGrant(_New):
    """S2.16: who may act for me, for what, until when."""

    kind = "acting"

    def form(self, *data):
        return GrantForm(*data, others=self.others, latest=acting.latest_end(self.request.user.person, self.at))

    def do(self, other, data):
        acting.give(self.request.user.person, other, data["services"], data["until"], by=self.request.user, at=self.at, key=data["key"])


class NewAid(_New):
    """S3.9: a membership is declared by both; it counts when the second has agreed."""

    kind = "mutual_aid"

    def form(self, *data):
        return AidForm(*data, others=self.others)

    def do(self, other, data):
        me = self.request.user.person
        holder, member = (me, other) if data["holds"] == "me" else (other, me)
        aids.declare(holder, member, by=self.request.user, at=self.at, key=data["key"])


class AgreeAid(LoginRequiredMixin, View):
    """The other one's part of a declaration."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        mine = Q(holder=request.user.person_id) | Q(member=request.user.person_id)
        if not request.user.person_id:
            raise Http404
        self.aid = get_object_or_404(MutualAid.objects.filter(mine).select_related("holder", "member"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.show(AgreeAidForm())

    def post(self, request, pk):
        form = AgreeAidForm(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        aids.agree(self.aid, by=request.user, at=business_now())
        nudge()
        return redirect("family:home")

    def show(self, form, status=200):
        me, holds = self.request.user.person_id, self.aid.holder_id == self.request.user.person_id
        context = {"aid": self.aid, "other": self.aid.member if holds else self.aid.holder, "holds": holds, "form": form,
                   "waits": aids.waits_for(self.aid, me), "letter": consents.text_of("mutual_aid"), "tab": "home"}
        return render(self.request, "family/agree_aid.html", context, status=status)
