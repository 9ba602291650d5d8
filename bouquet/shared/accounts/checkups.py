"""What `bouquet doctor` asks of accounts."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings

from bouquet.shared.accounts.cookies import shared_domain
from bouquet.shared.accounts.models import Person
from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn


@checkup("Who runs the network")
def operators() -> Iterator[Finding]:
    operators = Person.objects.active().filter(is_superuser=True)
    if not operators:
        yield bad("Nobody runs the network.", mend="bouquet person add EMAIL --name NAME --password PASSWORD --staff")
        return
    if not settings.STAFF_TOTP:
        words = "The editors' desk opens with a password alone (BOUQUET_STAFF_TOTP is off)."
        yield ok(words) if settings.DEMO else warn(words, mend="Set BOUQUET_STAFF_TOTP=1.")
        return
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ready = set(Authenticator.objects.filter(type__in=kinds).values_list("user_id", flat=True))
    without = [person.email for person in operators if person.pk not in ready]
    if without:
        yield ok(f"{', '.join(without)} will be asked for a passkey or an authenticator app at the desk's door.")
    yield ok(f"{len(operators)} people run the network.")


@checkup("Signing in")
def signing_in() -> Iterator[Finding]:
    domain = shared_domain(settings.MAIN_HOST)
    if domain is None:
        yield warn(
            f"{settings.MAIN_HOST} shares its cookie with no other host: every other site signs in by a crossing.",
            mend="Set BOUQUET_COOKIE_PARENT to the domain above the sites, if they have one in common.",
        )
    elif settings.MAIN_HOST != domain and not settings.MAIN_HOST.endswith(f".{domain}"):
        yield bad(
            f"The cookie's domain {domain} is not above the main host {settings.MAIN_HOST}: nobody could sign in.",
            mend="Correct BOUQUET_COOKIE_PARENT or BOUQUET_HOST.",
        )
    else:
        yield ok(f"One cookie for {domain} and the hosts below it; other sites by a crossing.")
    for name, app in _providers():
        if not app["secret"]:
            yield bad(f"{name} has no client secret.", mend=f"Set BOUQUET_{name}_CLIENT_SECRET.")
        else:
            yield ok(f"Sign-in with {app.get('name') or 'Google'} is offered.")


def _providers() -> Iterator[tuple[str, dict[str, str]]]:
    names = {"google": "GOOGLE", "openid_connect": "OIDC"}
    for provider, setup in settings.SOCIALACCOUNT_PROVIDERS.items():
        for app in setup["APPS"]:
            yield names[provider], app
