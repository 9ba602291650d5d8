"""Fills the demo network. Safe to run again: what is there is left as it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from bouquet.config.demo.audience import watch_the_films
from bouquet.config.demo.brands import BRANDS
from bouquet.config.demo.hanging import hang_albums
from bouquet.config.demo.letters import write_letters
from bouquet.config.demo.newsroom import write_articles
from bouquet.config.demo.people import CAST, PASSWORD, Member
from bouquet.config.demo.sites import SITES, DemoSite
from bouquet.config.demo.sorts import SORTS
from bouquet.config.demo.talking import send_elsewhere, talk_below
from bouquet.config.demo.texts import CHAPTERS, TEXTS
from bouquet.config.demo.videos import VIDEOS, DemoVideo
from bouquet.kinds.videos.actions import add_video
from bouquet.kinds.videos.models import Video
from bouquet.shared.accounts.actions import add_person
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import keep_captions, keep_chapters, upload_finished
from bouquet.shared.network.actions import add_site, appoint_editor
from bouquet.shared.network.models import Brand, Network, Site
from bouquet.shared.works.actions import change_work, follow_channel, react_to_work, set_tags
from bouquet.shared.works.models import Channel

Say = Callable[[str], None]


def fill_demo(say: Say) -> None:
    """People, brands, sites, articles, albums, films (made once, kept in the data folder, sent like any member's upload)."""
    _introduce_network()
    for member in CAST:
        _introduce(member)
    for demo_site in SITES:
        _open(demo_site)
    write_articles({})  # at once: films take minutes
    hang_albums()
    write_letters()
    missing = [video for video in VIDEOS if not _sent(video).exists()]
    if missing:
        _send_films(missing, say)
    write_articles({demo.name: video for demo in VIDEOS if (video := _sent(demo).first())})


def _send_films(missing: list[DemoVideo], say: Say) -> None:
    say(f"Making {len(missing)} short films of free pictures and music (once)")
    for number, (video, file) in enumerate(_films(missing), start=1):
        _send(video, file)
        say(f"  {number:2}/{len(missing)}  {video.title}")
    _sort()
    _mingle()
    _caption()
    films = {demo.name: _sent(demo).get() for demo in VIDEOS}
    talk_below(films)
    send_elsewhere(films)
    watch_the_films([(demo, _sent(demo).select_related("asset").get()) for demo in VIDEOS])


def _introduce_network() -> None:
    network = Network.current()
    if network.publisher:
        return
    network.name, network.publisher = "Bouquet", "Bouquet Démonstration SAS"
    network.publisher_address = "1, rue de l’Exemple, 75000 Paris"
    network.director, network.contact = "Ada Lambert", "ada@bouquet.example"
    network.host_provider = "Cette machine"
    network.save()


def _introduce(member: Member) -> None:
    person = Person.objects.filter(email=member.email).first()
    if person is None:
        person = add_person(member.email, name=member.name, password=PASSWORD, staff=member.staff)
        person.handle, person.about, person.territory = member.handle, member.about, "FR"
        person.save()


def _open(demo: DemoSite) -> None:
    if Site.objects.filter(slug=demo.slug).exists():
        return
    brand, _made = Brand.objects.get_or_create(name=BRANDS[demo.brand]["name"], defaults=BRANDS[demo.brand])
    with transaction.atomic():
        site = add_site(
            host=_host(demo), name=demo.name, slug=demo.slug, language=demo.language, territory=demo.territory, brand=brand,
            kinds=[kind for kind in demo.kinds if kind in settings.KINDS], is_main=not demo.host,
            tagline=demo.tagline, about=demo.about, position=10 * SITES.index(demo),
        )  # fmt: skip
        if demo.channel:
            Channel.objects.create(slug=slugify(demo.channel), name=demo.channel, about=demo.tagline, site=site)
    _let_editors_in(site)


def _host(demo: DemoSite) -> str:
    if not demo.host:
        return settings.MAIN_HOST
    return demo.host if "." in demo.host else f"{demo.host}.{settings.MAIN_HOST}"


def _let_editors_in(site: Site) -> None:
    for member in CAST:
        if site.slug in member.edits:
            appoint_editor(site, Person.objects.get(email=member.email))


def _films(missing: list[DemoVideo]) -> Iterator[tuple[DemoVideo, Path]]:
    """Each film as soon as it is made; two are made at a time."""
    folder = settings.DATA / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(max_workers=2, initializer=_make_way) as pool:
        waiting: dict[Future[None], tuple[DemoVideo, Path]] = {}
        for video in missing:
            if video.make is None:
                yield video, video.source.file
                continue
            file = folder / f"{video.name}.mp4"
            if file.exists():
                yield video, file
            else:
                waiting[pool.submit(video.make, file)] = (video, file)
        for done in as_completed(waiting):
            done.result()
            yield waiting[done]


def _make_way() -> None:
    """Who looks at the demo meanwhile comes first."""
    os.nice(15)


def _send(demo: DemoVideo, file: Path) -> None:
    """As a member would, but for the journey of the bytes: the rows, the file in its place, the last byte announced."""
    person, site = Person.objects.get(handle=demo.by), Site.objects.get(slug=demo.site)
    video, upload = add_video(
        person=person, site=site, title=demo.title, size=file.stat().st_size, filename=file.name, description=demo.summary,
        credit=demo.source.credit, licence=demo.source.licence, may_download=demo.download,
        publish_at=timezone.now() - timedelta(days=demo.days, minutes=7 * VIDEOS.index(demo)), rating=demo.rating,
    )  # fmt: skip
    if demo.desk and (channel := Channel.objects.filter(site=site, owner=None).first()):
        Video.objects.filter(pk=video.pk).update(channel=channel)
    upload.part_path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, upload.part_path)
    upload_finished(upload)


def _caption() -> None:
    """A few films are captioned in French and in English; one has chapters by hand."""
    for name, languages in TEXTS.items():
        video = _sent(next(each for each in VIDEOS if each.name == name)).select_related("asset", "author").get()
        for language, lines in languages.items():
            cues = [(round(start * 1000), round(end * 1000), text) for start, end, text in lines]
            keep_captions(video.asset, cues, language=language, by=video.author)
    for name, marks in CHAPTERS.items():
        video = _sent(next(each for each in VIDEOS if each.name == name)).select_related("asset").get()
        keep_chapters(video.asset, [(round(at * 1000), title) for at, title in marks])


def _sort() -> None:
    """What each is about, in which language: browsing, related films and search have something to go by."""
    for demo in VIDEOS:
        video = _sent(demo).select_related("site", "author").get()
        category, tags = SORTS[demo.name]
        set_tags(video, tags)
        change_work(video, by=video.author, category=category, language=video.site.language)


def _sent(video: DemoVideo) -> QuerySet[Video]:
    return Video.objects.filter(site__slug=video.site, title=video.title)


def _mingle() -> None:
    """They like and follow one another, so that no list of the demo is empty."""
    people = {person.handle: person for person in Person.objects.all()}
    for demo in VIDEOS:
        video = _sent(demo).get()
        for handle in demo.likes:
            react_to_work(video, by=people[handle])
    for channel in Channel.objects.all():
        for handle in ("chloe", "elif", "hugo"):
            if channel.owner is None or channel.owner.handle != handle:
                follow_channel(channel, by=people[handle])
