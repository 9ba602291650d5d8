"""Two entries in the registry: the account itself, and what Wagtail's editors' desk keeps about who works there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from bouquet.shared.accounts.models import AccessToken, DataExport, Person, SignIn
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.accounts.picture import drop_picture
from bouquet.shared.accounts.picture_names import WIDTHS, sized
from bouquet.toolkit.ids import short_id

PROFILE = ["uid", "email", "name", "handle", "about", "language", "reads", "territory", "birth_date", "joined_at"]


def export_account(person: Person) -> dict[str, Any]:
    return {
        "profile": {name: getattr(person, name) for name in PROFILE} | {"last_sign_in": person.last_login},
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "sign_ins": list(person.sign_ins.values("started_at", "seen_at", "ended_at", "device", "address")),
        "access_tokens": list(person.access_tokens.values("name", "hint", "created_at", "used_at", "expires_at")),
        "second_factors": list(
            Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
        ),
        "connected_accounts": list(
            SocialAccount.objects.filter(user=person).values("provider", "uid", "extra_data", "date_joined")
        ),
        "exports": list(person.data_exports.values("asked_at", "ready_at", "size")),
    }  # fmt: skip


def picture_files(person: Person) -> Iterable[tuple[str, Path]]:
    if person.picture:
        for width in WIDTHS:
            yield f"picture-{width}.webp", Path(settings.MEDIA_ROOT) / sized(str(person.picture.name), width)


def erase_account(person: Person) -> None:
    """Empty the row and delete what hangs on it. Files go once the transaction holds."""
    files = [export.path for export in person.data_exports.all()]
    picture = person.picture.name or ""
    for rows in (person.sign_ins, person.access_tokens, person.data_exports):
        rows.all().delete()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    person.groups.clear()
    person.user_permissions.clear()
    _empty(person)

    def drop_files() -> None:
        drop_picture(picture)
        for path in files:
            path.unlink(missing_ok=True)

    transaction.on_commit(drop_files)


def _empty(person: Person) -> None:
    person.uid = short_id()
    person.email = f"{person.uid.lower()}@erased.invalid"
    person.handle = f"former-{person.uid.lower()}"
    person.name = gettext("Former member")
    person.about = person.language = person.territory = person.picture = ""
    person.reads = []
    person.birth_date = person.last_login = None
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()


def export_desk(person: Person) -> dict[str, Any]:
    acts = [*PageLogEntry.objects.filter(user=person), *ModelLogEntry.objects.filter(user=person)]
    return {
        "pages": list(Page.objects.filter(owner=person).values("title", "url_path", "first_published_at")),
        "acts": [{"at": act.timestamp, "action": act.action, "on": act.label} for act in acts],
        "comments": list(Comment.objects.filter(user=person).values("text", "created_at")),
        "replies": list(CommentReply.objects.filter(user=person).values("text", "created_at")),
        "pictures": list(Image.objects.filter(uploaded_by_user=person).values("title", "created_at")),
        "documents": list(Document.objects.filter(uploaded_by_user=person).values("title", "created_at")),
    }


def erase_desk(person: Person) -> None:
    """Settings and traces of editing go; who changed which page stays, and now points at a former member."""
    for profile in UserProfile.objects.filter(user=person):
        if profile.avatar:
            profile.avatar.delete(save=False)
        profile.delete()
    EditingSession.objects.filter(user=person).delete()
    FormState.objects.filter(user=person).delete()
    PageSubscription.objects.filter(user=person).delete()
    ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Person), object_id=person.pk).delete()


personal_data(
    "accounts",
    models=[
        EmailAddress, Authenticator, SocialAccount, SignIn, AccessToken, DataExport,
        Person.groups.through, Person.user_permissions.through,
    ],
    export=export_account,
    erase=erase_account,
    files=picture_files,
    goes=_("Your name, address, picture, profile, passwords, passkeys, tokens and sign-ins."),
)  # fmt: skip
personal_data(
    "desk",
    models=[
        UserProfile, EditingSession, FormState, PageSubscription, Comment, CommentReply, Document, Image, Page,
        ModelLogEntry, PageLogEntry, Revision, TaskState, UploadedFile, WorkflowState,
    ],
    export=export_desk,
    erase=erase_desk,
    stays=_("If you worked at the editors' desk: the record of changes to pages, without your name."),
)  # fmt: skip
