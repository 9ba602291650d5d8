"""Sign-in and everything about one's own account."""

from __future__ import annotations

from django.urls import include, path

from bouquet.shared.accounts.views import data, demo_mail, profile, second_factor, sessions, tokens

urlpatterns = [
    path("accounts/mailbox/", demo_mail.mailbox, name="accounts_mailbox"),
    path("accounts/second-factor/", second_factor.second_factor, name="accounts_second_factor"),
    path("accounts/farewell/", data.farewell, name="accounts_farewell"),
    path("accounts/", include("allauth.urls")),
    path("me/", profile.profile, name="accounts_profile"),
    path("me/picture/removal/", profile.picture_removal, name="accounts_picture_removal"),
    path("me/age/", profile.age, name="accounts_age"),
    path("me/tokens/", tokens.tokens, name="accounts_tokens"),
    path("me/tokens/new/", tokens.token_making, name="accounts_token_making"),
    path("me/tokens/<int:pk>/revocation/", tokens.token_revocation, name="accounts_token_revocation"),
    path("me/sessions/", sessions.sessions, name="accounts_sessions"),
    path("me/sessions/others/ending/", sessions.other_sessions_ending, name="accounts_other_sessions_ending"),
    path("me/sessions/<str:uid>/ending/", sessions.session_ending, name="accounts_session_ending"),
    path("me/data/", data.data, name="accounts_data"),
    path("me/data/export/", data.export, name="accounts_export"),
    path("me/data/export/<str:uid>.zip", data.export_file, name="accounts_export_file"),
    path("me/data/erasure/", data.erasure, name="accounts_erasure"),
]
