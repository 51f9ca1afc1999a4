"""The page "How we reach you": what is bound, how to bind more, and what a person would rather have."""
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from . import binding, masking, reach
from .models import Contact
from .reach_forms import EmailForm, MailCodeForm, WishForm

FORMS = {"email": EmailForm, "code": MailCodeForm, "wish": WishForm}


class Reach(LoginRequiredMixin, View):
    """One page; each form says which deed it is."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.person_id:
            raise Http404  # staff have no such page
        self.now = timezone.now()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(200)

    def post(self, request):
        deed, person = request.POST.get("deed"), request.user.person
        if deed == "wechat":
            return self.wechat(person)
        if deed == "end" and request.POST.get("kind") in Contact.Kind.values:
            binding.end(person, request.POST["kind"], request.user, self.now)
            return self.done(_("Ended"))
        if deed not in FORMS:
            raise Http404
        form = FORMS[deed](request.POST)
        return getattr(self, deed)(person, form) if form.is_valid() else self.page(422, form=form, **{f"{deed}_form": form})

    def wechat(self, person):
        try:
            code = binding.ask_wechat(person, self.now)
        except ValidationError as no:
            messages.error(self.request, " ".join(no.messages))
            return redirect("people:reach")
        return self.page(200, wechat_code=f"{code[:4]} {code[4:]}")

    def email(self, person, form):
        try:
            binding.ask_email(person, form.cleaned_data["address"], self.now)
        except ValidationError as no:
            form.add_error("address", no)
            return self.page(422, form=form, email_form=form)
        messages.success(self.request, _("A code is on its way to that mailbox."))
        return redirect("/reach/?code=1")

    def code(self, person, form):
        if not binding.confirm_email(person, form.cleaned_data["code"], self.request.user, self.now):
            form.add_error("code", _("This code is wrong or no longer good. Ask for a fresh one if need be."))
            return self.page(422, form=form, code_form=form)
        return self.done(_("Your mailbox is bound."))

    def wish(self, person, form):
        binding.wish(person, form.cleaned_data["first"], form.cleaned_data["without"], self.request.user, self.now)
        return self.done(_("Kept"))

    def done(self, words):
        messages.success(self.request, words)
        return redirect("people:reach")

    def page(self, status, **more):
        person = self.request.user.person
        bound, wishes = {c.kind: c for c in Contact.objects.filter(person=person, ended_at=None)}, reach.wishes_of(person)
        context = {
            "tab": "messages", "wechat": bound.get("wechat"), "email": bound.get("email"), "account": settings.WECHAT["name"],
            "masked_email": masking.email(bound["email"].address) if "email" in bound else "",
            "masked_phone": masking.phone(reach.phone_of(person)), "email_form": EmailForm(),
            "code_form": MailCodeForm() if "code" in self.request.GET else None,
            "wish_form": WishForm(initial={"first": wishes.first, "without": wishes.without}),
            "simulators": settings.SIMULATORS_URL if settings.DEMO else "",
        }
        return render(self.request, "people/reach.html", context | more, status=status)
