from django.urls import path

from .views import policies

app_name = "policies"
urlpatterns = [path("", policies, name="policies")]
