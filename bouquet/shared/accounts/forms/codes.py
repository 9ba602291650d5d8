"""Fields for codes, from the mail or from an authenticator app."""

from __future__ import annotations

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.forms.plain import Plain


class _Code(Plain):
    labels = {"code": _("Code")}
    attributes = {
        "code": {
            "autocomplete": "one-time-code",
            "autofocus": True,
            "autocapitalize": "characters",
            "spellcheck": "false",
        }
    }


class SignInCodeForm(_Code, account.ConfirmLoginCodeForm): ...


class AddressCodeForm(_Code, account.ConfirmEmailVerificationCodeForm): ...


class SecondFactorForm(_Code, second_factor.AuthenticateForm): ...


class ProveAgainForm(_Code, second_factor.ReauthenticateForm): ...


class ActivateAppForm(_Code, totp.ActivateTOTPForm):
    labels = {"code": _("The code that the app shows")}
    attributes = {"code": {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 7}}
