"""The counter's page on which an account that somebody closed is opened for her again."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from xinyijian.casework.business_time import business_now
from xinyijian.casework.rules import Refused
from xinyijian.casework.tasks import nudge
from xinyijian.people import consents, reopening, scope
from xinyijian.people.counter_views import CLOSED, OPEN
from xinyijian.people.models import Consent, User

from .forms import OpenAgainForm
from .reopening import open_account_again


@method_decorator([never_cache, sensitive_post_parameters("phone")], "dispatch")
class OpenAgain(LoginRequiredMixin, View):
    """For whoever has just typed her name and certificate at the counter; for everybody else there is no such page."""

    def dispatch(self, request, pk):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        known = User.objects.filter(is_staff=False, is_superuser=False, person__isnull=False).select_related("person__region")
        self.user = known.filter(pk=pk).first()
        if self.user is None or not self.is_for(request.user):
            raise Http404
        if self.user.is_active and request.method == "POST":  # the form was sent twice, or a colleague was faster
            messages.info(request, _("This account is open already. Nothing was done a second time."))
            return redirect("people:counter_account", pk)
        if self.user.is_active or request.session.get(CLOSED) != pk:
            raise Http404
        return super().dispatch(request)

    def form(self, *data):
        return OpenAgainForm(*data, case=None, at=self.at, by=self.request.user)

    def is_for(self, clerk):
        person = self.user.person
        return clerk.person_id != person.pk and scope.holds(clerk, OPEN, person.region_id, None, self.at)

    def get(self, request):
        return self.show(self.form())

    def post(self, request):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            open_account_again(self.user.person, by=request.user, at=self.at, key=form.cleaned_data["key"], **form.inputs())
        except Refused as no:
            return self.show(form, status=409, unmet=no.unmet)
        del request.session[CLOSED]
        nudge()
        messages.success(request, _("The account is open again. She is told by a message."))
        return redirect("people:counter_account", self.user.pk)

    def show(self, form, status=200, unmet=()):
        closed_at = reopening.closed_by_themselves([self.user.pk]).get(self.user.pk)
        page = {"form": form, "person": self.user.person, "closed_at": closed_at, "unmet": unmet, "place": "accounts",
                "letter": consents.text_of(Consent.Kind.ACCOUNT)}
        return render(self.request, "data_rights/open_again.html", page, status=status)
