"""The language of who asks, for the applications that stand beside Django, where no middleware has set one."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header


def language_of(headers: dict[str, str]) -> str:
    """The reader's cookie, then what the browser asks for, then the network's own."""
    cookies = dict(each.strip().partition("=")[::2] for each in headers.get("cookie", "").split(";"))
    asked = [cookies.get(settings.LANGUAGE_COOKIE_NAME, "")]
    asked += [code for code, _weight in parse_accept_lang_header(headers.get("accept-language", ""))]
    for code in filter(None, asked):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
