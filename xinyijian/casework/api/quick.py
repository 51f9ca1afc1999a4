"""A question that is asked all day, answered without the framework's detours; everything else about it is as in ApiView."""

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.settings import api_settings

from xinyijian.casework.business_time import business_now

from .limits import spend
from .problems import Problem, problem
from .views import ApiView

PLAIN = ("", "*/*", "application/json")


class QuickGet(ApiView):
    """`quick(caller, query)` answers GET with plain data; an unusual Accept goes the long way, where it is refused."""

    def dispatch(self, request, *args, **kwargs):
        if request.method != "GET" or request.headers.get("Accept", "") not in PLAIN:
            return super().dispatch(request, *args, **kwargs)
        try:
            response = HttpResponse(JSONRenderer().render(self._answer(request)), content_type="application/json")
        except Exception as error:
            response = problem(error, {})
            if response is None:
                raise
        return self.said_of_itself(response)

    def _answer(self, request):
        known = api_settings.DEFAULT_AUTHENTICATION_CLASSES[0]().authenticate(request)
        if known is None:
            raise Problem("unauthenticated")
        caller, needed = known[1], self.scopes["GET"]
        if needed not in caller.scopes:
            raise Problem("scope_missing", needed_scope=needed)
        spend(caller.client_id)
        self.at = business_now()
        return self.quick(caller, request.GET)

    def get(self, request):
        """The long way to the same answer."""
        return Response(self.quick(request.auth, request.query_params))

    def quick(self, caller, query) -> dict:
        """The answer."""
        raise NotImplementedError
