"""Whose accounts may be used to sign in, beside our own: the part of the settings that allauth's providers read."""

from __future__ import annotations

from typing import Any

from bouquet.config.env import env_text

SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
SIGN_IN_TARGETS = []  # where a form of a sign-in page may end up (form-action)
if GOOGLE_CLIENT_ID := env_text("BOUQUET_GOOGLE_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["google"] = {
        "APPS": [{"client_id": GOOGLE_CLIENT_ID, "secret": env_text("BOUQUET_GOOGLE_CLIENT_SECRET"), "key": ""}],
        "SCOPE": ["openid", "profile", "email"],
        "OAUTH_PKCE_ENABLED": True,
    }
    SIGN_IN_TARGETS.append("https://accounts.google.com")
if OIDC_SERVER := env_text("BOUQUET_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "group",
                "name": env_text("BOUQUET_OIDC_NAME", "OpenID Connect"),
                "client_id": env_text("BOUQUET_OIDC_CLIENT_ID"),
                "secret": env_text("BOUQUET_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }
    SIGN_IN_TARGETS.append("/".join(OIDC_SERVER.split("/")[:3]))
