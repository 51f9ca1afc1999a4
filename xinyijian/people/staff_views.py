"""Who works here, as what, and who may sign in; and the page on which a temporary password becomes one's own."""
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from xinyijian import audit

from . import scope, sign_in, staffing
from .staff_forms import AccountForm, NewPasswordForm, RoleForm


@method_decorator(never_cache, "dispatch")
class StaffView(LoginRequiredMixin, View):
    """For whoever manages somebody's accounts; for everybody else there is no such page."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = timezone.now()
        self.places = staffing.places_of(request.user, self.at)
        if not self.places:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def place(self):
        """The place that the address names (?at=code), else the first."""
        code = self.request.GET.get("at", "")
        found = next((one for one in self.places if one.organisation.code == code), None if code else self.places[0])
        if found is None:
            raise Http404
        return found


class StaffList(StaffView):
    """Everybody at one place, with posts."""

    def get(self, request):
        place = self.place()
        users = staffing.staff_of(place).prefetch_related("posts")
        today = timezone.localdate(self.at)
        rows = [{"user": user, "posts": _posts(user, place, today), "herself": user == request.user} for user in users]
        return render(request, "staff/list.html", {"at_place": place, "places": self.places, "rows": rows, "place": "staff"})


class NewAccount(StaffView):
    """An account with its first post; the temporary password stands in the answer and nowhere else."""

    def get(self, request):
        return self.show(AccountForm(roles=self.place().roles))

    @method_decorator(sensitive_variables("secret"))
    def post(self, request):
        place = self.place()
        form = AccountForm(request.POST, roles=place.roles)
        if not form.is_valid():
            return self.show(form, status=422)
        user, secret = staffing.create(place.organisation, **form.cleaned_data, by=request.user, at=self.at)
        return render(request, "staff/secret.html", {"one": user, "secret": secret, "new": True, "place": "staff"})

    def show(self, form, status=200):
        return render(self.request, "staff/new.html", {"form": form, "at_place": self.place(), "place": "staff"}, status=status)


class Account(StaffView):
    """One account: its posts, whether it may sign in, and how."""

    def get(self, request, pk):
        return self.show(staffing.account(pk, by=request.user, at=self.at))

    @method_decorator(sensitive_variables("secret"))
    def post(self, request, pk):
        user = staffing.account(pk, by=request.user, at=self.at)
        deeds = {"give_post": self.give_post, "end_post": self.end_post, "deactivate": self.deactivate, "activate": self.activate,
                 "reset_second": self.reset_second, "unlock": self.unlock, "end_sessions": self.end_sessions}
        deed = request.POST.get("deed", "")
        if deed == "reset_password":
            secret = staffing.reset_password(user, by=request.user, at=self.at)
            return render(request, "staff/secret.html", {"one": user, "secret": secret, "place": "staff"})
        if deed not in deeds:
            raise Http404
        deeds[deed](user)
        messages.success(request, _("Done"))
        return redirect("people:account", user.pk)

    def give_post(self, user):
        place = next((one for one in self.places if one.organisation.code == self.request.POST.get("at")), None)
        form = RoleForm(self.request.POST, roles=place.roles if place else ())
        if place is None or not form.is_valid():
            raise Http404
        staffing.give_post(user, place.organisation, form.cleaned_data["role"], by=self.request.user, at=self.at)

    def end_post(self, user):
        pk = self.request.POST.get("post", "")
        post = user.posts.select_related("organisation", "user").filter(pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0).first()
        if post is None:
            raise Http404
        staffing.end_post(post, by=self.request.user, at=self.at)

    def deactivate(self, user):
        staffing.set_active(user, False, by=self.request.user, at=self.at)

    def activate(self, user):
        staffing.set_active(user, True, by=self.request.user, at=self.at)

    def reset_second(self, user):
        staffing.reset_second_factor(user, by=self.request.user, at=self.at)

    def unlock(self, user):
        staffing.unlock(user, by=self.request.user, at=self.at)

    def end_sessions(self, user):
        staffing.end_sessions(user, by=self.request.user, at=self.at)

    def show(self, user):
        today = timezone.localdate(self.at)
        places = [one for one in self.places if staffing.staff_of(one).filter(pk=user.pk).exists()]
        posts = [row for one in places for row in _posts(user, one, today)]
        context = {"one": user, "posts": posts, "whole": staffing.is_wholly_hers(user, by=self.request.user, at=self.at),
                   "forms": [(one, RoleForm(roles=one.roles, prefix=None)) for one in places], "place": "staff", "back": places[0]}
        return render(self.request, "staff/account.html", context)


def _posts(user, place, today):
    """What of the account this place shows: its own posts there, running ones first."""
    own = [post for post in user.posts.all() if post.organisation_id == place.organisation.pk and post.role in place.roles]
    rows = [{"post": post, "over": bool(post.until and post.until < today)} for post in own]
    return sorted(rows, key=lambda row: (row["over"], row["post"].since))


@never_cache
@login_required
@sensitive_post_parameters()
def new_password(request):
    """With a temporary password nothing else is open until she has chosen her own."""
    if not request.user.is_staff:
        raise Http404
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        user.temporary_until = None
        user.save(update_fields=["password", "temporary_until"])
        update_session_auth_hash(request, user)
        now = timezone.now()
        audit.record("people.User", "choose_password", by=user, at=now, object_id=user.pk, region=scope.region_of(user, now))
        messages.success(request, _("Your password is changed."))
        return redirect(sign_in.first_page_of(user))
    return render(request, "staff/new_password.html", {"form": form}, status=422 if form.errors else 200)
