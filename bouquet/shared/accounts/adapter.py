"""Where allauth asks what this network wants."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme

from bouquet.shared.accounts.cookies import host_of, shared_domain
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.tasks import post_letter
from bouquet.shared.accounts.visitor import address_of, device_name, device_of

QUIET = {
    f"account/messages/{name}.txt" for name in ("logged_in", "logged_out", "login_code_sent", "email_confirmation_sent")
}


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.name = form.cleaned_data.get("name") or user.name
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Left to a worker: the mail server's slowness must not show in a page, nor tell who has an account."""
        request = current.request
        words = (
            {"request": request, "email": email, "network_name": _network_name(request)} | context | _addresses(context)
        )
        letter = self.render_mail(template_prefix, email, words)
        post_letter.enqueue(letter.subject, letter.body, letter.to[0])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Never built from the request's host: a forged one would send the link's key to a stranger."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.WAGTAILADMIN_BASE_URL + path.replace("UID-KEY", key)

    def is_safe_url(self, url: str) -> bool:
        """After signing in, paths of this host only; other hosts of the network are reached by a crossing."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        if address := address_of(request):
            return address
        raise PermissionDenied("Unable to determine the client's address")

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Nobody needs to be told what the page shows anyway."""
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **kwargs)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One counter for all hosts: trying on another site does not give five more attempts."""
        return "network:" + str(credentials.get("email", "")).lower()


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the parent domain, so that one made on any of its sites opens all of them."""
        host = host_of(current.request)
        return {"id": shared_domain(host) or host, "name": _network_name(current.request)}

    def get_totp_issuer(self) -> str:
        return _network_name(current.request)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return device_name(device_of(current.request))

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps and recovery codes are no use to somebody who only has the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


class ProviderAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        person = super().populate_user(request, sociallogin, data)
        given = " ".join(filter(None, [data.get("first_name"), data.get("last_name")]))
        person.name = (data.get("name") or given or str(data.get("email", "")).partition("@")[0])[:80]
        return person

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        return super().get_signup_form_initial_data(sociallogin) | {"name": sociallogin.user.name}


def _addresses(context: dict[str, Any]) -> dict[str, str]:
    """The links of a letter, on the main host."""
    base = settings.WAGTAILADMIN_BASE_URL
    links = {"network_address": base, "login_url": base + reverse("account_login")}
    if "signup_url" in context:
        links["signup_url"] = base + reverse("account_signup")
    if "password_reset_url" in context and "signup_url" in context:  # "you have an account": not a reset link
        links["password_reset_url"] = base + reverse("account_reset_password")
    return links


def _network_name(request: HttpRequest) -> str:
    """What the network calls itself, read through the page's own context (accounts stands below network)."""
    return render_to_string("accounts/network_name.txt", request=request).strip() or settings.WAGTAIL_SITE_NAME


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"bouquet second factor" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
