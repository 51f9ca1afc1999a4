"""Where carriers (SMS, WeChat, mail) say what became of a message."""
from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.response import Response

from xinyijian.gateways import signing
from xinyijian.people import binding, crypto

from . import delivery
from .business_time import business_now
from .letters import limit


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


class FollowerSerializer(serializers.Serializer):
    """What a follower typed into the official account's window."""

    openid = serializers.CharField(max_length=128)
    text = serializers.CharField(max_length=200, allow_blank=True, trim_whitespace=True)


@api_view(["POST"])
@authentication_classes([GatewaySignature])
@permission_classes([])
def follower_message(request):
    """The account's answer; a code binds the follower's account to the person who asked for it."""
    said = FollowerSerializer(data=request.data)
    said.is_valid(raise_exception=True)
    openid = said.validated_data["openid"]
    if not limit.within(f"follower:{crypto.blind_index(openid, 'contact')}", most=10, seconds=3600):
        return Response(status=status.HTTP_429_TOO_MANY_REQUESTS, headers={"Retry-After": "3600"})
    return Response({"text": binding.bind_wechat(openid, said.validated_data["text"], timezone.now())})


@api_view(["POST"])
@authentication_classes([GatewaySignature])
@permission_classes([])
def receipt(request):
    """Thanks for a receipt, also for one that was posted before or is of no notice (a sign-in code)."""
    said = ReceiptSerializer(data=request.data)
    said.is_valid(raise_exception=True)
    delivery.record_receipt(**said.validated_data, at=business_now())
    return Response(status=status.HTTP_204_NO_CONTENT)
