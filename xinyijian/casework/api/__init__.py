"""Manners of the REST interface, the same for every service: who calls, what is refused and how that is said, what happens once only.

    class Filings(ApiView):
        scopes = {"GET": "filings:read", "POST": "filings:write"}

        @idempotent
        def post(self, request): ...

Machines only: no cookie lets anybody in. `request.user` is the calling system's own user, `request.auth` a `Caller`.
"""
