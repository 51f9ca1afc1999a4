"""Signing in with the insurance code (医保码): whoever shows a good one is who it says."""
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from . import registration, sign_in, vouchers
from .register_forms import VoucherForm
from .register_views import keep
from .views import demo_help


@never_cache
@sensitive_post_parameters("voucher")
def voucher(request):
    """S1.25: in with the e-voucher; who has no account yet is asked whether to open one."""
    sign_in.keep_next(request)
    form = VoucherForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (shown := vouchers.read(request, form)):
        return _go_on(request, shown)
    return render(request, "people/voucher.html", {"form": form} | demo_help(), status=422 if form.errors else 200)


def _go_on(request, shown):
    person = registration.in_roster(shown)
    user = person and person.users.filter(is_active=True, is_staff=False, is_superuser=False).order_by("pk").first()
    if user:
        return HttpResponseRedirect(sign_in.admit(request, user, "e-voucher"))
    keep(request, claim=shown.sealed(), proven=True)
    return redirect("people:register_open")
