"""Reads what a caller sent; refuses early what no app should think of: other formats, NUL bytes, half surrogates."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from bouquet.toolkit.api.problems import Problem


class JsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        kind = request.content_type or ""
        if kind != "application/json" and not kind.endswith("+json"):
            raise Problem(
                415,
                _("JSON is expected"),
                _("Send the body with “Content-Type: application/json”."),
                accepted=["application/json"],
            )
        try:
            body = json.loads(request.body, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise Problem(400, _("This is not JSON"), str(error)) from error
        _check(body)
        if not isinstance(body, dict):  # where every field may be left out, a list would pass for an empty object
            raise Problem(422, _("An object is expected"), _("Send a JSON object: {…}."))
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        for name, values in data.lists():
            _check([name, *values])
        return super().parse_querydict(data, list_fields, request)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _check(value: Any) -> None:
    """No text that a database cannot keep. Goes into lists and objects without recursion: JSON may be deep."""
    heap = [value]
    while heap:
        each = heap.pop()
        if isinstance(each, str):
            if "\x00" in each or not _is_unicode(each):
                raise Problem(
                    400, _("This is not text"), _("Text may hold neither NUL bytes nor half surrogate pairs.")
                )
        elif isinstance(each, list):
            heap.extend(each)
        elif isinstance(each, dict):
            heap.extend([*each, *each.values()])


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
