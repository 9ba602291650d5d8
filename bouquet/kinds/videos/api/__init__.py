"""Videos through the API: a maker's own shelf first, then each video. Fixed addresses come before `/videos/{uid}`."""

from ninja import Router

from bouquet.kinds.videos.api import changes, studio, videos
from bouquet.kinds.videos.imports.api import router as imports
from bouquet.kinds.videos.replacing.api import router as replacing

router = Router(tags=["videos"])
router.add_router("", imports, tags=["imports"])  # first: “imports” is no video's uid
router.add_router("", changes.router)
router.add_router("", studio.router)
router.add_router("", replacing)
router.add_router("", videos.router)
