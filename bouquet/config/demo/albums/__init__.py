"""The demo's photo albums: of Septembre's desk, and of members of Tribus."""

from bouquet.config.demo.albums.desk import DESK
from bouquet.config.demo.albums.making import DemoAlbum, DemoPhoto
from bouquet.config.demo.albums.members import MEMBERS

ALBUMS = [*DESK, *MEMBERS]

__all__ = ["ALBUMS", "DemoAlbum", "DemoPhoto"]
