"""Nouns: Asset with its Upload, Steps, Pieces, Renditions; what is said and shown beside a film: Caption, Chapter."""

from bouquet.shared.assets.models.asset import Asset, Rendition, Step, Upload
from bouquet.shared.assets.models.caption import Caption, CaptionQuerySet
from bouquet.shared.assets.models.chapter import Chapter
from bouquet.shared.assets.models.piece import Piece

__all__ = ["Asset", "Caption", "CaptionQuerySet", "Chapter", "Piece", "Rendition", "Step", "Upload"]
