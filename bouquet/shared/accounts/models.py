"""People: one account, signed in on every site of the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.picture_names import WIDTHS, sized
from bouquet.toolkit.ids import long_id, short_id
from bouquet.toolkit.plain_text import one_line


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> PersonQuerySet:
        return self.filter(is_active=True)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email=(email or "").lower())


def square_url(picture: Any, width: int) -> str:
    """The address of a picture that `actions.keep_picture` wrote, in that width; "" where there is none."""
    return picture.storage.url(sized(str(picture.name), width)) if picture else ""


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. `handle` is public (/@ada); the address and the birth date never are."""

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    handle = models.SlugField(_("public name in addresses"), max_length=40, unique=True)
    about = models.TextField(_("about me"), max_length=600, blank=True)
    picture = models.ImageField(_("picture"), upload_to="people/", blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)  # empty: the site's
    reads = models.JSONField(_("languages I read"), default=list, blank=True)
    territory = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1 alpha-2
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    is_staff = models.BooleanField(_("works for the group"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.handle

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        if not self.handle:
            self.handle = _free_handle(self.name or self.email.partition("@")[0])
        # It stands in other people's sentences, mails and lists: it turns none around and towers over none.
        self.name = one_line(self.name)[:80] or (self.name and self.handle)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def first_name(self) -> str:
        """Read by the desk's sidebar, which shows the e-mail address without it (Wagtail)."""
        return self.get_short_name()

    def picture_url(self, width: int = 256) -> str:
        """The address of the square picture in that width (picture.WIDTHS), or "" where there is none."""
        return square_url(self.picture, width)

    @property
    def small_picture_url(self) -> str:
        """The picture for a line of text or a list: sharp at 40 px on any screen, a few kilobytes."""
        return self.picture_url(WIDTHS[0])

    def age_on(self, day: Any) -> int | None:
        """Whole years on that day, or None where no birth date is known."""
        if self.birth_date is None:
            return None
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class SignIn(models.Model):
    """One act of signing in, valid on every host of the network until it ends. Sessions of all hosts name it."""

    uid = models.CharField(max_length=32, unique=True, default=long_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=200, blank=True)  # the browser's own words, shortened
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["person", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.started_at:%Y-%m-%d %H:%M}"


class AccessToken(models.Model):
    """A personal bearer token for the API. Only its SHA-256 is kept; the secret is shown once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=12, editable=False)  # the first characters, to tell tokens apart
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(_("expires on"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"


class DataExport(models.Model):
    """A person's copy of their data: a zip in `settings.EXPORTS_ROOT`, for its owner only, for a week."""

    uid = models.CharField(max_length=32, unique=True, default=long_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="data_exports")
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"

    @property
    def path(self) -> Path:
        return settings.EXPORTS_ROOT / f"{self.uid}.zip"


def _free_handle(name: str) -> str:
    base = slugify(name)[:30] or "person"
    taken = set(Person.objects.filter(handle__startswith=base).values_list("handle", flat=True))
    return base if base not in taken else f"{base}-{short_id()[:6].lower()}"
