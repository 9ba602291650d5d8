"""Adding a passkey. It always signs in by itself: a key that is only a second factor would be a third thing to know."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_HINT = _("To tell your keys apart: “my phone”, “key ring”.")


class AddPasskeyForm(allauth.AddWebAuthnForm):
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_what_the_name_is_for(self)


class FirstPasskeyForm(allauth.SignupWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_what_the_name_is_for(self)


def _say_what_the_name_is_for(form: forms.Form) -> None:
    form.fields["name"].label = _("Name of this passkey")
    form.fields["name"].help_text = NAME_HINT
    form.fields["name"].widget.attrs["maxlength"] = "60"
