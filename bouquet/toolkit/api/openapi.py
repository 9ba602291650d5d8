"""The OpenAPI document, completed: every operation says which problems it may answer with, and who may call it."""

from __future__ import annotations

from typing import Any

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "An error as RFC 9457 describes it.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "description": "A URI for this kind of problem, or about:blank."},
        "title": {"type": "string", "description": "What went wrong, in a few words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What went wrong here, in a sentence."},
        "errors": {
            "type": "array",
            "description": "One entry for each value that is not valid.",
            "items": {
                "type": "object",
                "required": ["at", "detail"],
                "properties": {
                    "at": {"type": "array", "items": {"type": "string"}, "description": "Where: body, title…"},
                    "detail": {"type": "string"},
                    "type": {"type": "string"},
                },
            },
        },
    },
}
REASONS = {
    400: "The request cannot be understood (not JSON, text with NUL bytes).",
    401: "No token, or one that is not valid.",
    403: "You may not do this.",
    404: "It does not exist, or you may not see it.",
    405: "This method is not possible here.",
    413: "It is too large.",
    415: "The body is not JSON.",
    422: "Some values are not valid.",
    429: "Too many requests: wait as long as “Retry-After” says.",
    451: "It may not be seen in your territory or at this time.",
    500: "Something broke on our side.",
}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    schemes = components.setdefault("securitySchemes", {})
    for name in ("MembersAuth", "AnyoneAuth"):
        schemes.pop(name, None)
    schemes["bearer"] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal access token: make one on /me/tokens/ or with `bouquet token EMAIL`.",
    }
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "responses" in operation:
                _complete_operation(operation)
    return document


def _complete_operation(operation: dict[str, Any]) -> None:
    names = {name for each in operation.get("security", []) for name in each}
    if names:
        operation["security"] = [{"bearer": []}] if "MembersAuth" in names else [{}, {"bearer": []}]
    statuses = [400, 405, 429, 500]
    if names:
        statuses.append(401)
    if "MembersAuth" in names:
        statuses.append(403)
    if any(each["in"] == "path" for each in operation.get("parameters", [])):
        statuses += [404, 451]
    if "requestBody" in operation:
        statuses += [413, 415]
    if "requestBody" in operation or operation.get("parameters"):
        statuses.append(422)
    responses = {str(code): answer for code, answer in operation["responses"].items()}
    for status in sorted(statuses):
        responses.setdefault(str(status), _answer(REASONS[status]))
    responses["default"] = _answer("Anything else that goes wrong.")
    operation["responses"] = responses


def _answer(reason: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": reason, "content": {"application/problem+json": {"schema": schema}}}
