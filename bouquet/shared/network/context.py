from typing import Any

from django.http import HttpRequest


def network(request: HttpRequest) -> dict[str, Any]:
    return {"site": getattr(request, "site", None)}
