"""What every page of a hospital's desk is."""
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views import View

from xinyijian.casework.business_time import business_now
from xinyijian.people import scope

from .access import CHOSEN, DESK, hospitals_of


class HospitalView(LoginRequiredMixin, View):
    """A page of a hospital's desk; 404 for whoever has no post at a hospital, 403 where her role is another one."""

    permission = DESK

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        self.hospitals = hospitals_of(request.user, self.at)
        if not self.hospitals:
            raise Http404
        chosen = request.session.get(CHOSEN)
        self.hospital = next((one for one in self.hospitals if one.pk == chosen), self.hospitals[0])
        if not self.may(self.permission):
            raise PermissionDenied(self.permission)
        return super().dispatch(request, *args, **kwargs)

    def may(self, permission) -> bool:
        """Whether she holds it at this hospital."""
        return scope.holds(self.request.user, permission, "", self.hospital.pk, self.at)
