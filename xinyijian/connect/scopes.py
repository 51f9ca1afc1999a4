"""What a key may be good for; each key has some of them."""

from django.utils.translation import gettext_lazy as _
from oauth2_provider.scopes import BaseScopes

SCOPES = {
    "eligibility:read": _("Ask whether somebody who is present enjoys the programme"),
    "filings:read": _("Read your hospital's filings"),
    "filings:write": _("File for patients and hand in documents"),
    "changes:read": _("Follow what happens to your hospital's cases"),
}


class OfTheKey(BaseScopes):
    """django-oauth-toolkit asks here: a key's own scopes, all of them when a token names none."""

    def get_all_scopes(self):
        return SCOPES

    def get_available_scopes(self, application=None, request=None, *args, **kwargs):
        return list(application.scopes) if application else list(SCOPES)

    def get_default_scopes(self, application=None, request=None, *args, **kwargs):
        return self.get_available_scopes(application)
