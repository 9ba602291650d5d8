"""allauth's forms in our words: a label above each field, the right hints for password keepers, no second password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("At least 10 characters. A few words that only you would put together are easy to keep.")


def _tidy(form: forms.Form) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tidy(self)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs.update({"autocomplete": "username webauthn", "autofocus": True})
        self.fields["password"].help_text = ""


class SignUpForm(allauth.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _tidy(self)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("We send a code to it, and never show it to anybody.")
        if password := self.fields.get("password1"):
            password.help_text = PASSWORD_HINT


class _OneNewPassword:
    """A password is typed once: it can be shown, and there is a way back by mail."""

    fields: dict[str, forms.Field]

    def _one_password(self) -> None:
        self.fields.pop("password2", None)
        self.fields["password1"].help_text = PASSWORD_HINT
        self.fields["password1"].widget.attrs["autocomplete"] = "new-password"
        _tidy(self)  # type: ignore[arg-type]


class ChangePasswordForm(_OneNewPassword, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self._one_password()


class SetPasswordForm(_OneNewPassword, allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._one_password()


class ResetPasswordKeyForm(_OneNewPassword, allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._one_password()
