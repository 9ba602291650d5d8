"""`/api/v1/docs`: the OpenAPI document as a page that people read. Rendered here: no script, nobody else's server."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class ReferencePage(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        document = api.get_openapi_schema()
        groups: dict[str, list[dict[str, Any]]] = {}
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                entry = _entry(request, document, path, method, operation)
                groups.setdefault((operation.get("tags") or ["…"])[0], []).append(entry)
        context = {
            "groups": sorted(groups.items()),
            "openapi_url": reverse(f"{api.urls_namespace}:openapi-json"),
            "server": request.build_absolute_uri("/").rstrip("/"),
        }
        return render(request, "api/reference.html", context)


def _entry(request: HttpRequest, document: Any, path: str, method: str, operation: Any) -> dict[str, Any]:
    body = _json_schema(operation.get("requestBody"))
    security = operation.get("security", [])
    return {
        "anchor": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "needs_token": bool(security) and {} not in security,
        "takes_token": {} in security,
        "parameters": [_parameter(document, each) for each in operation.get("parameters", [])],
        "fields": _fields(document, body) if body else [],
        "answers": [
            _reply(document, code, reply) for code, reply in operation["responses"].items() if code != "default"
        ],
        "example": _example(request, document, path, method, body, bool(security) and {} not in security),
    }


def _parameter(document: Any, parameter: Any) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "required": parameter.get("required", False),
        "type": _type(document, parameter["schema"]),
        "text": parameter.get("description") or parameter["schema"].get("description", ""),
    }


def _reply(document: Any, code: str, reply: Any) -> dict[str, Any]:
    schema = _json_schema(reply)
    good = code.startswith("2")
    return {"code": code, "text": reply.get("description", ""), "good": good, "fields": _fields(document, schema)}


def _fields(document: Any, schema: Any) -> list[dict[str, Any]]:
    whole = _resolve(document, schema)
    if whole.get("type") == "array":
        whole = _resolve(document, whole.get("items", {}))
    required = whole.get("required", [])
    return [
        {
            "name": name,
            "type": _type(document, field),
            "required": name in required,
            "text": field.get("description", ""),
        }
        for name, field in whole.get("properties", {}).items()
    ]


def _type(document: Any, schema: Any) -> str:
    """A short word for a schema: "text", "a list of VideoBrief", "number or null"."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(document, each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_type(document, schema.get('items', {}))}]"
    limits = [f"{sign} {schema[word]}" for word, sign in LIMITS.items() if word in schema]
    return " ".join([schema.get("format") or schema.get("type", "any"), *limits])


LIMITS = {"minimum": "≥", "maximum": "≤", "minLength": "length ≥", "maxLength": "length ≤"}


def _example(request: HttpRequest, document: Any, path: str, method: str, body: Any, token: bool) -> str:
    lines = [f"curl {request.build_absolute_uri(path)}"]
    if method != "get":
        lines.append(f"-X {method.upper()}")
    if token:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    if body:
        sample = json.dumps(_sample(document, body), ensure_ascii=False)
        lines += ["-H 'Content-Type: application/json'", f"-d '{sample}'"]
    return " \\\n  ".join(lines)


def _sample(document: Any, schema: Any) -> Any:
    whole = _resolve(document, schema)
    if "example" in whole:
        return whole["example"]
    if "anyOf" in whole:
        return _sample(document, whole["anyOf"][0])
    if "enum" in whole:
        return whole["enum"][0]
    if whole.get("type") == "object":
        wanted = whole.get("required") or list(whole.get("properties", {}))
        return {
            name: _sample(document, whole["properties"][name]) for name in wanted if name in whole.get("properties", {})
        }
    return SAMPLES.get(whole.get("type", ""), "…")


SAMPLES: dict[str, Any] = {"integer": 1, "number": 1.0, "boolean": True, "array": [], "string": "…"}


def _json_schema(holder: Any) -> Any:
    return ((holder or {}).get("content", {}).get("application/json") or {}).get("schema", {})


def _resolve(document: Any, schema: Any) -> Any:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema
