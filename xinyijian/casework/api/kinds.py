"""The kinds of problems that a machine may be told of: a closed list, from which the engineers' page is made."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of RFC 9457: its code is stable, its title is read, `remedy` says what a program or its author does next."""

    code: str
    status: int
    title: str
    remedy: str
    again: bool = False  # whether the same request may succeed later

    @property
    def type(self) -> str:
        """Where the kind is described; a reference relative to the interface."""
        return f"/api/#{self.code}"


KINDS = {
    kind.code: kind
    for kind in (
        Kind("unreadable", 400, _("The request cannot be read"), _("Send well-formed JSON in UTF-8")),
        Kind("wrong_cursor", 400, _("This cursor is not one of ours"), _("Take the cursor from the last answer, for the same question")),
        Kind(
            "key_missing",
            400,
            _("The header Idempotency-Key is missing or not usable"),
            _("Send 8 to 200 visible ASCII characters, new for each deed, the same when you repeat it"),
        ),
        Kind(
            "token_refused",
            400,
            _("This is not how a token is asked for"),
            _("Post grant_type=client_credentials, and only scopes of your key"),
        ),
        Kind("unauthenticated", 401, _("Nobody is signed in"), _("Get a new token with your key; tokens live half an hour")),
        Kind(
            "wrong_client",
            401,
            _("The key is not known, was revoked or does not fit"),
            _("Compare client_id and secret; after five wrong tries the door is locked for a quarter of an hour"),
        ),
        Kind("scope_missing", 403, _("Your key has no such scope"), _("Ask your hospital's administrator for a key with this scope")),
        Kind("forbidden", 403, _("This is not yours to do"), _("Somebody with another role does this")),
        Kind(
            "not_found",
            404,
            _("There is no such thing, or not for you"),
            _("Compare the number; what others opened does not exist for you"),
        ),
        Kind("method_not_allowed", 405, _("This cannot be done here"), _("See the header Allow")),
        Kind("not_acceptable", 406, _("We answer in JSON only"), _("Accept application/json")),
        Kind("refused", 409, _("The rules say no"), _("Each entry of errors says what is lacking, why, and what to do; then ask again")),
        Kind("in_flight", 409, _("The same request is being worked on"), _("Repeat it with the same key in a second"), again=True),
        Kind("too_large", 413, _("The request is too large"), _("Stay below the limits on this page")),
        Kind(
            "unsupported_media_type",
            415,
            _("We do not read this kind of content"),
            _("Send application/json, files as multipart/form-data"),
        ),
        Kind("invalid", 422, _("Some fields will not do"), _("Each entry of errors names the field and what is wrong with it")),
        Kind("key_reused", 422, _("This Idempotency-Key was used for another request"), _("Take a new key for a new deed")),
        Kind(
            "code_refused", 422, _("The code is wrong, too old or was used"), _("Ask the person to show a fresh code: it lives 60 seconds")
        ),
        Kind("too_many_requests", 429, _("Too many requests"), _("Wait as long as Retry-After says"), again=True),
        Kind("locked", 429, _("Too many wrong tries"), _("Wait as long as Retry-After says, then use the right secret"), again=True),
        Kind(
            "error", 500, _("We made a mistake"), _("It is in our log; repeat the request with the same Idempotency-Key later"), again=True
        ),
        Kind("unavailable", 503, _("Another system does not answer"), _("Wait as long as Retry-After says"), again=True),
    )
}
