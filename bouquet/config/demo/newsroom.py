"""Puts the demo's articles on their sites: pictures, sections, authors, pages, and fronts that show them. Once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from bouquet.config.demo.articles import ARTICLES, DemoArticle
from bouquet.config.demo.articles.pictures import PICTURES
from bouquet.kinds.articles.actions import add_article, add_author, add_section, add_series
from bouquet.kinds.articles.models import Article, ArticlePage, AuthorPage, Correction, SectionPage, SeriesPage
from bouquet.kinds.articles.polls.actions import vote
from bouquet.kinds.videos.models import Video
from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.models import Comment
from bouquet.shared.comments.standing import count
from bouquet.shared.network.models import NavigationItem, Picture, Site
from bouquet.shared.works.actions import react_to_work
from bouquet.shared.works.models import Work

ABOUT = {
    "Nadia Ferrand": ("Commerce et emploi", "Compte avant d’écrire. A tenu une épicerie six ans."),
    "Clément Roy": ("Marchés", "Explique la Bourse à sa mère, puis l’écrit."),
    "Basile Moreau": ("Rédacteur en chef", "Écrit court, relit longtemps."),
    "Louise Aubry": ("Grand reporter des petites choses", "Marche, attend, note."),
    "Idris Benali": ("Portraits", "Pose peu de questions, et les bonnes."),
    "Felix Dubreuil": ("Workshop", "Takes it apart first."),
}


SERIES = {"Ceux qui restent": "Un bac, des cloches, un village dans le noir : ce qui tient encore, et par qui."}


def write_articles(films: dict[str, Video]) -> None:
    """Those that are not there yet. `films` by their names in the demo: an article about a film waits for it."""
    sites = {site.slug: site for site in Site.objects.filter(slug__in={each.site for each in ARTICLES})}
    there = set(ArticlePage.objects.values_list("title", flat=True))
    wanted = [each for each in ARTICLES if each.title not in there and _films_of(each) <= films.keys()]
    if not wanted or not all("articles" in site.kinds for site in sites.values()):
        return
    for demo in ARTICLES:  # in the order of the list: it is that of the menus
        _section(sites[demo.site], demo.section)
    pictures = _pictures(sites, wanted)
    people = {person.handle: person for person in Person.objects.all()}
    for demo in sorted(wanted, key=lambda each: -each.days):
        with transaction.atomic():
            page = _write(demo, sites[demo.site], pictures, films, people["basile"])
            _answer(demo, Article.objects.get(page=page), people)
    if not there:
        for site in sites.values():
            _compose(site)


def _films_of(demo: DemoArticle) -> set[str]:
    return {value["work"] for name, value in demo.body if name == "work"}


def _pictures(sites: dict[str, Site], articles: list[DemoArticle]) -> dict[tuple[str, str], Picture]:
    """One row for each site that shows it: a site's pictures lie in its own folder on the desk."""
    wanted = {(each.site, name) for each in articles for name in _names(each)}
    return {(slug, name): _picture(sites[slug], name) for slug, name in sorted(wanted)}


def _picture(site: Site, name: str) -> Picture:
    demo, file = PICTURES[name], BytesIO()
    if found := Picture.objects.filter(collection=site.collection, title=demo.shows[:60]).first():
        return found
    image = demo.make()
    image.save(file, "JPEG", quality=88)
    x, y = demo.point
    return Picture.objects.create(
        title=demo.shows[:60], description=demo.shows, credit=demo.source.credit, licence=demo.source.licence,
        collection=site.collection, file=ContentFile(file.getvalue(), name=f"{name}.jpg"),
        focal_point_x=round(x * image.width), focal_point_y=round(y * image.height),
        focal_point_width=image.width // 4, focal_point_height=image.height // 4,
    )  # fmt: skip


def _names(demo: DemoArticle) -> list[str]:
    alone = [value for name, value in demo.body if name == "picture"]
    hung = [each for name, value in demo.body if name == "gallery" for each in value["pictures"]]
    return [demo.picture, *(each["picture"] for each in alone + hung)]


def _write(demo: DemoArticle, site: Site, pictures: Any, films: dict[str, Video], editor: Person) -> ArticlePage:
    now = timezone.now()
    page = add_article(
        _section(site, demo.section), title=demo.title, lead=demo.lead, form=demo.form, themes=demo.themes,
        series=_series(site, demo.series) if demo.series else None,
        authors=[_author(site, name) for name in demo.signed], by=editor, caption=demo.caption,
        picture=pictures[site.slug, demo.picture], body=_body(demo, site, pictures, films),
        published_at=now - timedelta(days=demo.days),
        revised_at=now - timedelta(days=demo.revised) if demo.revised else None,
    )  # fmt: skip
    if demo.corrections:
        page.corrections = [Correction(at=now - timedelta(days=days), words=words) for days, words in demo.corrections]
        page.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    return page


def _body(demo: DemoArticle, site: Site, pictures: Any, films: dict[str, Video]) -> list[tuple[str, Any]]:
    body = []
    for name, value in demo.body:
        if name == "picture":
            body.append((name, value | {"picture": pictures[site.slug, value["picture"]]}))
        elif name == "gallery":
            hung = [each | {"picture": pictures[site.slug, each["picture"]]} for each in value["pictures"]]
            body.append((name, value | {"pictures": hung}))
        elif name == "poll":
            body.append((name, value | {"closes_at": timezone.now() + timedelta(days=value["closes_at"])}))
        elif name != "work":
            body.append((name, value))
        elif film := films.get(value["work"]):
            body.append((name, value | {"work": Work.objects.get(pk=film.pk)}))
    return body


def _section(site: Site, title: str) -> SectionPage:
    found = SectionPage.objects.child_of(_front(site)).filter(title=title).first()
    return found or add_section(site, title)


def _series(site: Site, title: str) -> SeriesPage:
    found = SeriesPage.objects.child_of(_front(site)).filter(title=title).first()
    return found or add_series(site, title, description=SERIES[title])


def _author(site: Site, name: str) -> AuthorPage:
    found = AuthorPage.objects.child_of(_front(site)).filter(title=name).first()
    role, about = ABOUT[name]
    return found or add_author(site, name, role=role, about=about)


def _front(site: Site) -> Any:
    assert site.wagtail_site is not None
    return Page.objects.get(
        pk=site.wagtail_site.root_page_id
    ).specific  # publishing an old copy would forget its children


def _answer(demo: DemoArticle, article: Article, people: dict[str, Person]) -> None:
    for handle in demo.likes:
        react_to_work(article, by=people[handle])
    for handle, number in demo.votes:
        poll = article.polls.get()
        vote(poll, by=people[handle], answer=poll.answers.all()[number].name)
    published = article.published_at or timezone.now()
    for number, (handle, words) in enumerate(demo.says, start=1):
        comment = Comment.objects.create(
            work_id=article.pk, channel_id=article.channel_id, author=people[handle], text=words,
            created_at=min(published + timedelta(hours=2 * number), timezone.now() - timedelta(minutes=9 - number)),
        )  # fmt: skip
        count(comment, 1)


def _compose(site: Site) -> None:
    """A front page as an editor would: the first story, what is new, the films; and a menu of sections."""
    front = _front(site)
    front.body = [
        ("hero", {"work": None, "source": "latest", "scope": "here", "kicker": ""}),
        ("articles_articles_block", {"title": "", "number": 6, "layout": "lead", "section": None}),
        ("videos_videos_block", {"title": "", "order": "latest", "number": 8, "layout": "row"}),
        *([("photos_photos_block", {"title": "", "number": 3, "layout": ""})] if site.has_kind("photos") else []),
        ("most_seen", {"title": "", "number": 8, "scope": "here", "layout": "row"}),
        *([("newsletters_sign_up_block", {"title": "", "letter": ""})] if site.has_kind("newsletters") else []),
    ]
    front.save_revision().publish()
    if not site.navigation.exists():
        lines = [
            (section.title, section.own_path()) for section in SectionPage.objects.child_of(front).order_by("path")
        ]
        lines.append(("Vidéos" if site.language == "fr" else "Videos", "/videos/"))
        if site.has_kind("newsletters"):
            lines.append(("Lettres", "/newsletters/"))
        for position, (label, target) in enumerate(lines):
            NavigationItem.objects.create(site=site, label=label, target=target, position=position)
