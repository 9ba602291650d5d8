"""Every address of the network. Apps bring their own `urls.py`; a kind is mounted at /<slug>/ where a site has it."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from bouquet.config import health
from bouquet.config.api import api
from bouquet.toolkit.api.middleware import unknown_address

handler500 = "bouquet.shared.network.views.errors.server_error"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", unknown_address),  # else Wagtail would look for a page of that name
    path("admin/", include("bouquet.shared.network.desk.urls")),
    path("admin/", include(wagtailadmin_urls)),
]
# A shared app's urls.py says its own whole paths; a kind's live below its slug, root-level ones in `root_urls.py`.
for name in settings.SHARED:
    if find_spec(f"bouquet.shared.{name}.urls"):
        urlpatterns.append(path("", include(f"bouquet.shared.{name}.urls")))
for name in settings.KINDS:
    if find_spec(f"bouquet.kinds.{name}.root_urls"):
        urlpatterns.append(path("", include(f"bouquet.kinds.{name}.root_urls")))
    if find_spec(f"bouquet.kinds.{name}.urls"):
        urlpatterns.append(path(f"{name}/", include(f"bouquet.kinds.{name}.urls")))
if settings.MAIL_PROVIDER:
    urlpatterns.append(path("anymail/", include("anymail.urls")))  # bounces and complaints come here
if find_spec("bouquet.toolkit.urls"):
    urlpatterns.append(path("", include("bouquet.toolkit.urls")))
urlpatterns.append(path("", include(wagtail_urls)))
