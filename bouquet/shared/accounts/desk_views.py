"""Wagtail's pages about people, for a Person: forms and list."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from bouquet.shared.accounts.models import Person

FIELDS = ["email", "name", "is_staff", "is_superuser", "groups"]


class OwnNameForm(forms.ModelForm):
    """One's own name, on one's settings page of the desk."""

    class Meta:
        model = Person
        fields = ["name"]


class _PersonForm:
    """An account made or changed on the desk has a verified address: the editor vouches for it."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def save(self, commit: bool = True) -> Person:
        person = super().save(commit)  # type: ignore[misc]
        if commit:
            person.emailaddress_set.exclude(email=person.email).delete()
            EmailAddress.objects.update_or_create(
                user=person, email=person.email, defaults={"verified": True, "primary": True}
            )
        return person


class PersonCreationForm(_PersonForm, UserCreationForm):
    first_name = last_name = None
    password_required = False

    class Meta:
        model = Person
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("Without one, the person signs in by a code sent to their address.")

    def save(self, commit: bool = True) -> Person:
        if not self.cleaned_data.get("password1"):
            self.instance.set_unusable_password()
        return super().save(commit)


class PersonEditForm(_PersonForm, UserEditForm):
    first_name = last_name = None

    class Meta:
        model = Person
        fields = [*FIELDS, "is_active"]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class PeopleIndexView(IndexView):
    page_title = _("People")

    @property
    def search_fields(self) -> set[str]:  # type: ignore[override]
        return {"email", "name", "handle"}


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndexView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm
