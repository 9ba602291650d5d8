"""Forms: send a film, change it, choose its picture, a channel's own page."""

from bouquet.kinds.videos.forms.edit import VideoForm
from bouquet.kinds.videos.forms.entrance import (
    PICTURE_BYTES,
    BatchForm,
    ChannelForm,
    CoverForm,
    PosterForm,
    SendForm,
    all_visibilities,
    capital_visibilities,
    spoken_languages,
)
from bouquet.kinds.videos.forms.windows import WindowForms, windows_in

__all__ = [
    "PICTURE_BYTES",
    "BatchForm",
    "ChannelForm",
    "CoverForm",
    "PosterForm",
    "SendForm",
    "VideoForm",
    "WindowForms",
    "all_visibilities",
    "capital_visibilities",
    "spoken_languages",
    "windows_in",
]
