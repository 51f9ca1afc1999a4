"""Where carriers (SMS, WeChat, mail) say what became of a message."""
from rest_framework import serializers, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.response import Response

from xinyijian.gateways import signing

from . import delivery
from .business_time import business_now


class GatewaySignature(BaseAuthentication):
    """Only who holds the gateway's secret may speak here."""

    def authenticate(self, request):
        try:
            return None, signing.verify(request.path, request.body, request.headers)
        except signing.BadSignature as error:
            raise AuthenticationFailed(str(error)) from error

    def authenticate_header(self, request):
        return "Gateway"


class ReceiptSerializer(serializers.Serializer):
    """One receipt; `key` is the key with which the message was sent."""

    key = serializers.CharField(max_length=100)
    receipt = serializers.CharField(max_length=60)
    status = serializers.ChoiceField(["delivered", "failed"])


@api_view(["POST"])
@authentication_classes([GatewaySignature])
@permission_classes([])
def receipt(request):
    """Thanks for a receipt, also for one that was posted before or is of no notice (a sign-in code)."""
    said = ReceiptSerializer(data=request.data)
    said.is_valid(raise_exception=True)
    delivery.record_receipt(**said.validated_data, at=business_now())
    return Response(status=status.HTTP_204_NO_CONTENT)
