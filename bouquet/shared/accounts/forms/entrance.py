"""allauth's forms in our words: a label above each field, the right hints for password keepers, no second password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.forms.plain import Plain

PASSWORD_HINT = _("At least 10 characters. A few words that only you would put together are easy to keep.")
ADDRESS = _("E-mail address")


class SignInForm(Plain, allauth.LoginForm):
    labels = {"login": ADDRESS, "password": _("Password")}
    hints = {"password": ""}
    attributes = {"login": {"autocomplete": "username webauthn", "autofocus": True}}


class SignUpForm(Plain, allauth.SignupForm):
    labels = {"email": ADDRESS, "password1": _("Password")}
    hints = {"email": _("We send a code to it, and never show it to anybody."), "password1": PASSWORD_HINT}


class RequestCodeForm(Plain, allauth.RequestLoginCodeForm):
    labels = {"email": ADDRESS}
    attributes = {"email": {"autocomplete": "username", "autofocus": True}}


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    labels = {"email": ADDRESS}
    attributes = {"email": {"autocomplete": "username", "autofocus": True}}


class ChangeEmailForm(Plain, allauth.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):
    labels = {"password": _("Password")}
    hints = {"password": ""}
    attributes = {"password": {"autofocus": True}}


class _OneNewPassword(Plain):
    """A password is typed once: it can be shown, and there is a way back by mail."""

    labels = {"oldpassword": _("Current password"), "password1": _("New password")}
    hints = {"oldpassword": "", "password1": PASSWORD_HINT}
    attributes = {"password1": {"autocomplete": "new-password"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)


class ChangePasswordForm(_OneNewPassword, allauth.ChangePasswordForm): ...


class SetPasswordForm(_OneNewPassword, allauth.SetPasswordForm): ...


class ResetPasswordKeyForm(_OneNewPassword, allauth.ResetPasswordKeyForm): ...
