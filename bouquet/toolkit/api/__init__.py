"""What every API door shares: the API object, who may come in, problem+json errors (RFC 9457).

from ninja import Router
from bouquet.toolkit.api import Anyone, Members, Problem

router = Router(tags=["videos"])

@router.post("/videos", auth=Members, response={201: VideoOut})
def add(request, video: VideoIn): ...
    raise Problem(413, _("This file is too large"), _("Files may have up to 16 GB."))
"""

from bouquet.toolkit.api.auth import Anyone, Members, register_reader
from bouquet.toolkit.api.make import make_api
from bouquet.toolkit.api.problems import Problem, problem

__all__ = ["Anyone", "Members", "Problem", "make_api", "problem", "register_reader"]
