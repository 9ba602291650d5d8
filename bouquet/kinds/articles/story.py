"""An article as a reader gets it: its blocks with what each needs, fetched together. The desk's preview is the same.

Queries of a page: the pictures in the text, their renditions, the works in the text (where there are some), who signed,
what was corrected. The text of most articles is the same for every reader: its HTML is remembered under `text_key`, and
then nothing of it is fetched (docs/decisions/0100).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import chain, count
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language_info
from wagtail.rich_text import expand_db_html

from bouquet.kinds.articles.body_blocks import rows_of
from bouquet.kinds.articles.insets import insets_of
from bouquet.kinds.articles.languages import translations_of
from bouquet.kinds.articles.live.reading import in_order, is_going_on
from bouquet.kinds.articles.models import Article, ArticlePage, AuthorPage, Correction, Form, SectionPage
from bouquet.kinds.articles.models.article import WORDS_A_MINUTE
from bouquet.kinds.articles.outside import outside_player
from bouquet.kinds.articles.page_rows import corrections_of, signed_by
from bouquet.kinds.articles.pictures import fetch_renditions, lack_sizes, pictures_of
from bouquet.kinds.articles.polls.showing import ShownPoll, polls_of, sketch_of
from bouquet.kinds.articles.wording import text_of
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.syndication import embed_address
from bouquet.toolkit.ids import long_id
from bouquet.toolkit.remembered import remembered

# Blocks that are the same for every reader.
PLAIN = {"text", "picture", "gallery", "quote", "facts", "question", "table", "chapter"}
BETWEEN = f"<!-- {long_id()} -->"  # of this process alone: it stands in no text


@dataclass(frozen=True)
class Piece:
    """A block for its template, `articles/blocks/<name>.html`."""

    name: str
    value: Any
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"articles/blocks/{self.name}.html"


@dataclass
class Story:
    page: ArticlePage
    site: Site
    section: SectionPage | None
    authors: list[AuthorPage]
    corrections: list[Correction]
    viewer: Viewer
    minutes: int
    published_at: datetime | None
    themes: list[tuple[str, str]]  # slug ("": no page yet) and name
    guest_of: Site | None = None  # the other site that shows it, where it is not at home
    edition: int | None = None  # of the network and its pictures (SiteMiddleware); None: nothing is remembered
    translations: list[Article] = field(default_factory=list)  # itself among them, the original first
    shown_polls: Mapping[str, ShownPoll] | None = None  # those that readers vote in; None on the desk

    @cached_property
    def is_plain(self) -> bool:
        """Its text is the same for every reader, here and at every hour."""
        return self.sorts <= PLAIN and self.page.form != Form.GALLERY

    @cached_property
    def sorts(self) -> set[str]:
        """Of its blocks."""
        return {block["type"] for block in self.page.body.raw_data}

    @cached_property
    def blocks(self) -> list[Any]:
        return list(self.page.body)

    @cached_property
    def pieces(self) -> list[Piece]:
        faces = [author.picture for author in self.authors]
        fetch_renditions([self.page.picture, *pictures_of(self.blocks), *faces])
        return _pieces(self.blocks, self.work_ids, self.viewer, self.shown_polls)

    @cached_property
    def work_ids(self) -> list[int]:
        """Those that an editor put into the text, whether or not this reader may see them."""
        return [] if self.is_plain else _chosen(self.blocks)

    @cached_property
    def frames(self) -> set[str]:
        """Origins of our own that stand in frames here."""
        players = () if self.is_plain else self.pieces
        return {piece.more["work"].site.url for piece in players if piece.more.get("frame")}

    @cached_property
    def outside(self) -> set[str]:
        """Origins of others that a reader may ask for."""
        players = () if self.is_plain else self.pieces
        return {piece.more["player"].origin for piece in players if piece.more.get("player")}

    @cached_property
    def text_key(self) -> tuple[Any, ...] | None:
        """Another one when its text, its first picture or any picture has changed. None where its text depends on who
        reads it, or some size of its pictures is still to be written: then it is made each time."""
        if self.edition is None or not self.is_plain:
            return None
        digest = blake2b(repr(list(self.page.body.raw_data)).encode(), digest_size=16).digest()
        key = ("article", self.page.uid, digest, self.page.picture_id, self.edition, self.site.pk)
        return key if remembered(("sizes", *key), lambda: None if self._lacks else True) else None

    @property
    def lacks_sizes(self) -> bool:
        """Whether some size of its pictures is not written yet."""
        return self.text_key is None and self._lacks

    @cached_property
    def _lacks(self) -> bool:
        return lack_sizes(self.picture, self.pictures)

    @property
    def picture(self) -> Picture | None:
        return self.page.picture

    @property
    def form_name(self) -> str:
        """Said above the title where it is not plain news."""
        return "" if self.page.form == Form.NEWS else str(Form(self.page.form).label)

    @property
    def revised_at(self) -> datetime | None:
        """Not where it says no more than the first date."""
        revised, first = self.page.revised_at, self.published_at
        return revised if revised and (first is None or revised > first) else None

    @property
    def entries(self) -> list[Piece]:
        """Of a live article, as they are read."""
        return [] if self.is_plain else in_order(piece for piece in self.pieces if piece.name == "entry")

    @property
    def is_going_on(self) -> bool:
        return is_going_on(self.entries)

    @cached_property
    def gallery(self) -> list[Piece]:
        """The pictures of an article that is one: they hang before its text, the first one among them."""
        if self.page.form != Form.GALLERY:
            return []
        found = self._pictures_in_text
        first = self.page.picture
        if first is not None and all(piece.value["picture"].pk != first.pk for piece in found):
            value = {"picture": first, "caption": self.page.caption, "alternative": "", "width": "page"}
            return [Piece("picture", value), *found]
        return found

    @property
    def chapters(self) -> list[tuple[str, str]]:
        """(anchor, title) of each, where there is something to choose from."""
        if "chapter" not in self.sorts:
            return []
        found = [(piece.more["anchor"], piece.value["title"]) for piece in self.pieces if piece.name == "chapter"]
        return found if len(found) > 1 else []

    @property
    def text_pieces(self) -> list[Piece]:
        elsewhere = ("entry", "picture", "gallery") if self.page.form == Form.GALLERY else ("entry",)
        return [piece for piece in self.pieces if piece.name not in elsewhere]

    @property
    def polls(self) -> list[ShownPoll]:
        return [piece.more["poll"] for piece in self.pieces if piece.name == "poll"] if "poll" in self.sorts else []

    @property
    def other_languages(self) -> list[tuple[Article, str]]:
        """Translations with the name of their language, in that language."""
        others = [each for each in self.translations if each.page_id != self.page.pk]
        return [(each, get_language_info(each.language)["name_local"]) for each in others]

    @property
    def home(self) -> str:
        """What stands before the paths of its section, authors and themes: another site's reader goes there."""
        return self.site.url if self.guest_of else ""

    @property
    def picture_pieces(self) -> list[Piece]:
        """Those in the text, or on the wall of an article that is a gallery."""
        return self.gallery or self._pictures_in_text

    @property
    def _pictures_in_text(self) -> list[Piece]:
        """One by one, and out of galleries."""
        hung = ([piece] if piece.name == "picture" else piece.more.get("pieces", []) for piece in self.pieces)
        return list(chain.from_iterable(hung))

    @property
    def pictures(self) -> list[Picture]:
        return [piece.value["picture"] for piece in self.picture_pieces]

    @cached_property
    def address(self) -> str:
        return self.site.url + self.page.own_path()


def story_of(article: Article, viewer: Viewer, *, guest_of: Site | None = None, edition: int | None = None) -> Story:
    """`article` comes with its page, section, site and tags. `guest_of` is the other site on which it is shown."""
    page = article.page
    page._site = article.site
    themes = [(tag.slug, tag.name) for tag in article.tags.all()]
    authors, corrections = signed_by(page.pk), corrections_of(page.pk)
    story = Story(
        page, article.site, article.section, authors, corrections, viewer, article.minutes, article.published_at, themes
    )
    story.guest_of, story.edition = guest_of, edition
    story.shown_polls = polls_of(article, viewer) if "poll" in story.sorts else {}
    story.translations = translations_of(article)
    return story


def preview_of(page: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    """What the desk shows of a draft, as a stranger would see it."""
    site: Any = getattr(request, "site", None)
    section = SectionPage.objects.parent_of(page).first() if page.path and page.depth else None
    themes = [("", name) for name in page.theme_names]
    minutes = max(1, round(len(text_of(page).split()) / WORDS_A_MINUTE))
    authors = [byline.author for byline in page.bylines.select_related("author__picture")]
    corrections = sorted(page.corrections.all(), key=lambda each: each.at)
    story = Story(page, site, section, authors, corrections, Viewer(), minutes, page.first_published_at, themes)
    return {"story": story, "is_preview": True}


def let_frames_in(response: HttpResponse, story: Story) -> HttpResponse:
    """The policy names the sites of ours whose players stand here, and those of others that a reader may ask for."""
    if story.frames or story.outside:
        response.csp = {"frame-src": " ".join(["'self'", *sorted(story.frames | story.outside)])}  # type: ignore[attr-defined]
    return response


def _pieces(blocks: list[Any], chosen: list[int], viewer: Viewer, polls: Mapping[str, ShownPoll] | None) -> list[Piece]:
    """`polls`: those that readers vote in; None on the desk, where each is drawn as it was filled in."""
    works, html = _works(chosen, viewer), _written(blocks)
    insets = insets_of(works.values())
    pieces = [
        _piece(block.block_type, block.value, works, html.get(place), insets) for place, block in enumerate(blocks)
    ]
    for piece, block in zip(pieces, blocks, strict=True):
        if piece is not None and piece.name == "entry":
            piece.more["anchor"] = f"entry-{(block.id or '')[:8]}"
        if piece is not None and piece.name == "gallery":
            piece.more["anchor"] = f"gallery-{(block.id or '')[:8]}"
        if piece is not None and piece.name == "poll":
            piece.more["poll"] = sketch_of(block.value) if polls is None else polls.get(block.id or "")
    _name_chapters([piece for piece in pieces if piece is not None and piece.name == "chapter"])
    return [piece for piece in pieces if piece is not None and (piece.name != "poll" or piece.more["poll"])]


def _name_chapters(chapters: list[Piece]) -> None:
    """By their titles, as somebody who sends the address would say it; the second of a name gets a number."""
    taken: set[str] = set()
    for piece in chapters:
        name = f"chapter-{slugify(piece.value['title'], allow_unicode=True)[:60] or len(taken) + 1}"
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        piece.more["anchor"] = next(each for each in names if each not in taken)
        taken.add(piece.more["anchor"])


def _written(blocks: list[Any]) -> dict[int, SafeString]:
    """The HTML of each text, by its block's place. The links of all are looked up together: Wagtail asks for each."""
    sources = {place: text.source for place, block in enumerate(blocks) if (text := _text_in(block))}
    html = expand_db_html(BETWEEN.join(sources.values())).split(BETWEEN) if sources else []
    return {place: mark_safe(each) for place, each in zip(sources, html, strict=True)}


def _text_in(block: Any) -> Any:
    name = {"facts": "text", "question": "answer", "entry": "text"}.get(block.block_type)
    return block.value[name] if name else block.value if block.block_type == "text" else None


def _chosen(blocks: list[Any]) -> list[int]:
    return [block.value["work"].pk for block in blocks if block.block_type == "work" and block.value["work"]]


def _works(chosen: list[int], viewer: Viewer) -> dict[int, Work]:
    """Those in the text that this viewer may open here. One query, where there are any."""
    return Work.objects.visible_to(viewer).filter(pk__in=chosen).cards().in_bulk() if chosen else {}


def _piece(
    name: str, value: Any, works: dict[int, Work], html: SafeString | None, insets: dict[int, Any]
) -> Piece | None:
    match name:
        case "text" | "facts" | "question" | "entry":
            return Piece(name, value, {"html": html}) if html else None
        case "picture":
            return Piece(name, value) if value["picture"] else None
        case "gallery":
            hung = [Piece("picture", each) for each in value["pictures"] if each["picture"]]
            return Piece(name, value, {"pieces": hung}) if hung else None
        case "table":
            rows = rows_of(value["cells"])
            return Piece(name, value, {"head": rows[0], "rows": rows[1:]}) if rows else None
        case "work":
            work = works.get(value["work"].pk) if value["work"] else None
            if work is None:
                return None
            return Piece(name, value, {"work": work, "frame": embed_address(work), "inset": insets.get(work.pk)})
        case "outside":
            player = outside_player(value["address"])
            return Piece(name, value, {"player": player}) if player else None
    return Piece(name, value)
