"""What Wagtail has of its own, and the network instead: accounts, sites."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, ChangePasswordPanel, NameEmailSettingsPanel

from bouquet.toolkit.access import editors, public

NOT_OURS = (NameEmailSettingsPanel, AvatarSettingsPanel, ChangePasswordPanel)


class Preferences(AccountView):
    """How the desk looks to this person, and what it mails them. Name, picture and password are at /me/."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, NOT_OURS)]


preferences = editors(require_admin_access(Preferences.as_view()))


@editors
def sites(request: HttpRequest) -> HttpResponse:
    """Wagtail's own list of sites, to which its tree of pages leads, is the network's."""
    return HttpResponseRedirect(reverse("wagtailsnippets_network_site:list"))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leaving the desk is leaving the network: the same request again, at the network's own door."""
    response = HttpResponseRedirect(reverse("account_logout"))
    response.status_code = 307
    return response
