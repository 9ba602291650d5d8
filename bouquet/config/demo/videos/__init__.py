"""What the demo shows: each film with its words, its maker and its credit. Real clips first, then made ones (film.py)."""

from bouquet.config.demo.videos.editors import ANSWERS, ECONOMY, MAGAZINE
from bouquet.config.demo.videos.evening import MUSIC, SERIES, WORKSHOP
from bouquet.config.demo.videos.making import DemoVideo
from bouquet.config.demo.videos.members import BLOGS, CLASSMATES, ODD_JOBS, SHARED, TRIBES

VIDEOS = [
    *SHARED,
    *ECONOMY,
    *MAGAZINE,
    *TRIBES,
    *BLOGS,
    *ANSWERS,
    *CLASSMATES,
    *ODD_JOBS,
    *MUSIC,
    *SERIES,
    *WORKSHOP,
]

__all__ = ["VIDEOS", "DemoVideo"]
