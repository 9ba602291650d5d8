"""The blocks of front pages: the house's own, then what kinds offer."""

from __future__ import annotations

from importlib.util import find_spec

from django.utils.module_loading import import_string
from wagtail import blocks

from bouquet.shared.fronts.blocks.network import ChannelsBlock, SitesBlock
from bouquet.shared.fronts.blocks.shelves import HeroBlock, KindBlock, LatestBlock, MostSeenBlock, TrendingBlock
from bouquet.shared.fronts.blocks.words import PictureBlock, PromoBlock, WordsBlock
from bouquet.shared.network.kinds import all_kinds


def all_blocks() -> list[tuple[str, blocks.Block]]:
    own: list[tuple[str, blocks.Block]] = [
        ("hero", HeroBlock()),
        ("latest", LatestBlock()),
        ("most_seen", MostSeenBlock()),
        ("trending", TrendingBlock()),
        ("kind", KindBlock()),
        ("words", WordsBlock()),
        ("picture", PictureBlock()),
        ("promo", PromoBlock()),
        ("sites", SitesBlock()),
        ("channels", ChannelsBlock()),
    ]
    return own + [(name, import_string(path)()) for name, path in offered_blocks() if _exists(path)]


def offered_blocks() -> list[tuple[str, str]]:
    """What kinds offer: the name a block is kept under (`videos_videos_block`: never change it) and where it lives."""
    named = []
    for kind in all_kinds():
        for path in kind.blocks:
            class_name = path.rpartition(".")[2]
            words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in class_name)
            named.append((kind.slug + words, path))
    return named


def missing_blocks() -> list[str]:
    """Blocks that a kind names and does not have; fronts/checks.py says so at every start."""
    return [path for _name, path in offered_blocks() if not _exists(path)]


def _exists(path: str) -> bool:
    return find_spec(path.rpartition(".")[0]) is not None
