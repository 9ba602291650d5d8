"""Adding a passkey. It always signs in by itself: a key that is only a second factor would be a third thing to know."""

from __future__ import annotations

from allauth.mfa.webauthn import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.forms.plain import Plain


class _Named(Plain):
    labels = {"name": _("Name of this passkey")}
    hints = {"name": _("To tell your keys apart: “my phone”, “key ring”.")}
    attributes = {"name": {"maxlength": "60", "autocomplete": "off"}}


class AddPasskeyForm(_Named, allauth.AddWebAuthnForm):
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


class FirstPasskeyForm(_Named, allauth.SignupWebAuthnForm): ...


class RenamePasskeyForm(_Named, allauth.EditWebAuthnForm): ...
