from bouquet.kinds.videos.tests.conftest import door

__all__ = ["door"]
