"""What concerns a provincial single sign-on; part of settings.py."""
import environ

env = environ.Env()
_demo = env.bool("DEMO", default=True)
_simulators = env("SIMULATORS_URL", default="http://127.0.0.1:8010/")

# An OpenID provider; empty: there is none. In the demo the simulator plays it.
OIDC_ISSUER = env("OIDC_ISSUER", default=f"{_simulators}sign-on" if _demo else "")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", default="xinyijian")
OIDC_CLIENT_SECRET = env("OIDC_CLIENT_SECRET", default="demo-only-sign-on-secret" if _demo or not OIDC_ISSUER else environ.Env.NOTSET)
OIDC_SCOPE = env("OIDC_SCOPE", default="openid profile")
OIDC_NAME = env("OIDC_NAME", default="")  # what the provincial sign-on is called on the sign-in page
OIDC_SECOND_PROOF = env.bool("OIDC_SECOND_PROOF", default=False)  # whether a second proof that it vouches for (amr) spares staff ours
OIDC_CLAIMS = env.dict("OIDC_CLAIMS", default={"name": "name", "cert_type": "cert_type", "cert_number": "cert_number"})
