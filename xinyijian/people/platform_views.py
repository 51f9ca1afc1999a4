"""A hospital's own pair of keys at the insurance platform: its administrator writes it in; nobody can read it out again."""
from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from xinyijian.forms import TOO_LONG

from . import platform_keys, scope
from .fresh import ask_again
from .models import Organisation

MANAGE = "people.manage_platform_keys"
SHOWN = 10  # pairs that have ended


def _secret(label):
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})  # never filled in again by the page
    return forms.CharField(label=label, max_length=200, error_messages={"max_length": TOO_LONG}, widget=widget)


class PairForm(forms.Form):
    """Both halves, as the platform gave them."""

    access_key = _secret(gettext_lazy("Access key (appKey)"))
    secret = _secret(gettext_lazy("Secret (appSecret)"))


@method_decorator([never_cache, sensitive_post_parameters("access_key", "secret")], "dispatch")
class PlatformKeys(LoginRequiredMixin, View):
    """For the administrator of a hospital; for everybody else there are no keys (404)."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = timezone.now()
        own = scope.organisations_of(request.user, MANAGE, self.at)
        self.hospitals = list(Organisation.objects.filter(pk__in=own, kind=Organisation.Kind.HOSPITAL))
        wanted = request.GET.get("at", "")
        self.hospital = next((one for one in self.hospitals if wanted in ("", one.code)), None)
        if self.hospital is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(PairForm())

    @method_decorator(sensitive_variables("form"))
    def post(self, request):
        if door := ask_again(request, request.get_full_path()):
            return door
        form = PairForm(request.POST)
        if not form.is_valid() or not self.rotate(form):
            return self.show(form, status=422)
        messages.success(request, _("The new pair is in use. The one before it has ended."))
        return redirect(request.get_full_path())

    @sensitive_variables()
    def rotate(self, form):
        try:
            platform_keys.rotate(self.hospital, **form.cleaned_data, by=self.request.user, at=self.at)
        except ValidationError as wrong:
            form.add_error("secret", wrong)
        return not form.errors

    def show(self, form, status=200):
        pairs = list(self.hospital.platform_keys.select_related("set_by").order_by("-since", "-pk")[: SHOWN + 1])
        page = {"form": form, "hospital": self.hospital, "hospitals": self.hospitals, "place": "platform_keys",
                "current": next((pair for pair in pairs if pair.ended_at is None), None), "ended": [p for p in pairs if p.ended_at]}
        return render(self.request, "people/platform_keys.html", page, status=status)
