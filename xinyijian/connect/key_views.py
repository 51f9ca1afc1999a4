"""Pages on which a hospital's own administrator makes keys, changes their secrets and revokes them. A secret is shown once."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from xinyijian.casework.business_time import business_now
from xinyijian.casework.rules import Refused
from xinyijian.people.fresh import ask_again

from . import keys, sandbox
from .forms import KeyForm
from .models import Client

DEEDS = {
    "rotate": (gettext_lazy("New secret"), gettext_lazy("The old secret stays good for %(hours)s hours, so that nothing stops meanwhile.")),
    "revoke": (gettext_lazy("Revoke"), gettext_lazy("The system that uses this key is out within a minute. This cannot be undone.")),
}

AGAIN = gettext_lazy(
    "The secret was changed already: the one before that change stops at once. Only the last one and a new one are good then."
)


@method_decorator(never_cache, name="dispatch")
class KeyPage(LoginRequiredMixin, View):
    """For administrators of an organisation; for everybody else there are no keys (404)."""

    def dispatch(self, request, *args, **kwargs):
        self.at = business_now()
        if request.user.is_authenticated:
            self.places = keys.organisations_of(request.user, self.at)
            if not self.places:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def show(self, template, status=200, **more):
        return render(
            self.request, f"connect/{template}.html", {"place": "keys", "at": self.at, "real_now": timezone.now()} | more, status=status
        )

    def secret(self, client, secret):
        """The one page that shows it."""
        people = sandbox.described(client.acts_at) if client.environment == Client.Environment.SANDBOX else ()
        return self.show(
            "secret", client=client, secret=secret, people=people, overlap=keys.params_of(client.organisation, self.at).overlap_hours
        )


class Keys(KeyPage):
    def get(self, request):
        found = list(keys.keys_of(request.user, self.at))
        twins = {client.acts_at for client in found if client.environment == Client.Environment.SANDBOX}
        return self.show("keys", keys=found, people=[row for twin in twins for row in sandbox.described(twin)])


class NewKey(KeyPage):
    def get(self, request):
        return self.show("new", form=KeyForm(organisations=self.places))

    def post(self, request):
        form = KeyForm(request.POST, organisations=self.places)
        if not form.is_valid():
            return self.show("new", form=form, status=422)
        try:
            client, secret = keys.make(**form.inputs(), by=request.user, at=self.at)
        except Refused as no:
            return self.show("new", form=form, unmet=no.unmet, status=409)
        if not secret:
            messages.info(request, _("This key is there already; its secret was shown once. If you missed it, make a new secret."))
            return redirect("keys")
        return self.secret(client, secret)


class KeyDeed(KeyPage):
    """Asks first, then does it."""

    def get(self, request, pk, deed):
        client = keys.keys_of(request.user, self.at).filter(pk=pk).first()
        if client is None or deed not in DEEDS:
            raise Http404
        label, effect = DEEDS[deed]
        if deed == "rotate" and client.overlaps(timezone.now()):
            effect = AGAIN
        return self.show(
            "deed",
            client=client,
            mark=keys.mark_of(client),
            label=label,
            tone="danger" if deed == "revoke" else "primary",
            effect=effect % {"hours": keys.params_of(client.organisation, self.at).overlap_hours},
        )

    def post(self, request, pk, deed):
        if door := ask_again(request, request.path):
            return door
        try:
            if deed == "rotate":
                replacing = request.POST.get("replacing", "")
                return self.secret(*keys.rotate(pk, replacing=replacing, by=request.user, at=self.at, now=timezone.now()))
            if deed == "revoke":
                keys.revoke(pk, by=request.user, at=self.at)
                messages.success(request, _("Revoked"))
                return redirect("keys")
        except Refused as no:
            messages.error(request, " ".join(str(one.text) for one in no.unmet))
            return redirect("keys")
        raise Http404
