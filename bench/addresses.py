"""The portal's addresses and a bare view, behind the same door for machines."""

from django.urls import include, path
from rest_framework.response import Response
from rest_framework.views import APIView


class Bare(APIView):
    """What django-rest-framework costs by itself: nobody is asked for, nothing is looked up."""

    authentication_classes, permission_classes = [], []

    def get(self, request):
        return Response({"trt_enjymnt_flag": "1"})


urlpatterns = [path("api/v1/bare/", Bare.as_view()), path("", include("xinyijian.urls"))]
