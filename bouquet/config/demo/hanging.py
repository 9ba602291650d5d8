"""Hangs the demo's photo albums: sent like anybody's photos, published at their hours, liked. Once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.text import slugify

from bouquet.config.demo.albums import ALBUMS, DemoAlbum, DemoPhoto
from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.photos.actions import add_album, add_photo, change_photo, choose_cover, publish_album
from bouquet.kinds.photos.models import Album
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import NavigationItem, Site
from bouquet.shared.works.actions import react_to_work
from bouquet.shared.works.models import Work


def hang_albums() -> None:
    """Those that are not there yet; none on a site that has no photos."""
    sites = {site.slug: site for site in Site.objects.all() if site.has_kind("photos")}
    there = set(Album.objects.values_list("title", flat=True))
    people = {person.handle: person for person in Person.objects.all()}
    for demo in sorted(ALBUMS, key=lambda each: -each.days):
        if demo.site in sites and demo.title not in there:
            album = _hang(demo, sites[demo.site], people)
            _put_inside(demo, album, people["basile"])
    for site in sites.values():
        _name_in_menu(site)


def _hang(demo: DemoAlbum, site: Site, people: dict[str, Person]) -> Album:
    person = people[demo.by]
    album = add_album(
        person=person, site=site, title=demo.title, summary=demo.summary, category=demo.category, tags=demo.tags,
        credit=demo.credit, licence=demo.licence, may_download=demo.download, for_the_site=demo.desk,
    )  # fmt: skip
    hung = []
    for shown in demo.photos:
        photo = add_photo(album, _file(shown), by=person, caption=shown.caption, alternative=shown.shows,
                          credit=shown.source.credit, licence=shown.source.licence)  # fmt: skip
        if shown.focus != (50, 50):
            change_photo(photo, by=person, focus=shown.focus)
        hung.append(photo)
    choose_cover(album, hung[demo.cover], by=person)
    publish_album(album, by=person, at=timezone.now() - timedelta(days=demo.days))
    for handle in demo.likes:
        react_to_work(album, by=people[handle])
    return album


def _file(shown: DemoPhoto) -> SimpleUploadedFile:
    out = BytesIO()
    shown.make().save(out, "JPEG", quality=90)
    return SimpleUploadedFile(f"{slugify(shown.caption)[:60]}.jpg", out.getvalue())


def _put_inside(demo: DemoAlbum, album: Album, editor: Person) -> None:
    """An album stands in an article, too."""
    page = ArticlePage.objects.filter(title=demo.inside).first() if demo.inside else None
    if page is not None:
        page.body.append(("work", {"work": Work.objects.get(pk=album.pk), "caption": demo.summary}))
        page.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)


def _name_in_menu(site: Site) -> None:
    """Where the desk composed a menu, photos stand in it."""
    last = site.navigation.order_by("-position").first()
    if last is not None and not site.navigation.filter(target="/photos/").exists():
        NavigationItem.objects.create(site=site, label="Photos", target="/photos/", position=last.position + 1)
