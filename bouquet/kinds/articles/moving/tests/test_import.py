"""What a newsroom wrote elsewhere comes whole, once, and says what did not come."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from bouquet.kinds.articles.models import Article, ArticlePage, ImportedPost, SectionPage
from bouquet.kinds.articles.models.addresses import free_slug
from bouquet.kinds.articles.moving import taking, together
from bouquet.kinds.articles.moving.actions import ImportRefused, add_import
from bouquet.kinds.articles.moving.tests.conftest import run
from bouquet.kinds.articles.moving.tests.elsewhere import attachment, ghost, post, wxr
from bouquet.kinds.articles.tests.make import make_section, visit
from bouquet.shared.network.models import Picture
from bouquet.toolkit.fetch.tests.serve import Elsewhere

pytestmark = pytest.mark.django_db


def kinds_of(page: ArticlePage) -> list[str]:
    return [block.block_type for block in page.body]


def test_a_wordpress_post_comes_with_all_that_was_its(world: Elsewhere, bring: Any, photo: bytes, site: Any) -> None:
    world.gives("/up/boats.jpg", photo, "image/jpeg")
    text = f"""<!-- wp:paragraph --><p>First <strong>words</strong>.</p><!-- /wp:paragraph --><h4>Below</h4>
      <figure class="wp-block-image"><img src="{world.url}/up/boats-300x200.jpg">
      <figcaption>Boats. Photo: Nadar</figcaption></figure>
      <blockquote><p>We row.</p><cite>A rower</cite></blockquote>
      <table><tr><th>Port</th><th>Boats</th></tr><tr><td>Nice</td><td>12</td></tr></table>
      <p>https://youtu.be/aqz-KE-bpKQ</p><iframe src="https://maps.example/1"></iframe>
      <script>alert(1)</script><p onclick="x()">Last <a href="javascript:x()">line</a>.</p>[gallery ids="9"]"""
    thumb = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    photo_9 = attachment(9, f"{world.url}/up/boats.jpg", alt="Boats at dawn")
    job = bring("wxr", wxr(post(text=text, more=thumb, home=world.url), photo_9, home=world.url))
    row = job.posts.get()
    assert (job.state, row.state) == ("done", "done"), (job.reason, row.reason)
    page = row.page
    assert kinds_of(page) == ["text", "picture", "quote", "table", "outside", "text", "picture"]
    assert page.picture.credit == "Credit not given" and page.picture.description == "Boats at dawn"
    assert Picture.objects.count() == 1 and world.paths().count("/up/boats.jpg") == 1  # asked for once
    assert any("maker of the picture" in note for note in row.notes)
    article = page.article
    assert (article.section.title, article.signature, page.themes) == ("Culture", "Emma Roux", "Ports")
    assert (article.published_at.year, page.lead, article.state) == (2019, "What the night leaves.", "live")
    shown = visit(page).text
    assert "First <b>words</b>" in shown and "<h3>Below</h3>" in shown and "https://maps.example/1" in shown
    assert "alert(1)" not in shown and "javascript:" not in shown and "onclick" not in shown.partition("<article")[2]
    assert not job.folder.exists()


def test_what_wordpress_people_use_becomes_our_blocks(world: Elsewhere, bring: Any, photo: bytes) -> None:
    """A picture under a wrong ending is what its bytes are; short codes and blocks of both editors."""
    gif = BytesIO()
    Image.new("P", (64, 64)).save(gif, "GIF")
    world.gives("/up/a.jpg", gif.getvalue(), "image/jpeg")
    world.gives("/up/b.jpg", photo, "image/jpeg")
    text = f"""[caption id="x" width="300"]<img src="{world.url}/up/a.jpg" alt="A"> Low tide © Nadar[/caption]

[gallery ids="8,9" columns="2"]

[embed width="640"]https://vimeo.com/76979871[/embed] [youtube https://www.youtube.com/watch?v=aqz-KE-bpKQ]

[video width="640" mp4="{world.url}/up/film.mp4"][/video] [audio mp3="{world.url}/up/sound.mp3"]

[contact-form-7 id="3"]<svg onload="alert(1)"><script>alert(2)</script></svg>"""
    blocks = f"""<!-- wp:gallery {{"ids":[8,9]}} --><figure class="wp-block-gallery"><figure class="wp-block-image">
<img src="{world.url}/up/b.jpg" alt="B"/><figcaption>Noon</figcaption></figure></figure><!-- /wp:gallery -->
<!-- wp:embed {{"url":"https://youtu.be/aqz-KE-bpKQ"}} --><figure class="wp-block-embed"><div>
https://youtu.be/aqz-KE-bpKQ
</div></figure><!-- /wp:embed --><!-- wp:latest-posts {{"postsToShow":3}} /-->"""
    shape = '<category domain="post_format" nicename="post-format-gallery"><![CDATA[Gallery]]></category>'
    library = [attachment(8, f"{world.url}/up/a.jpg"), attachment(9, f"{world.url}/up/b.jpg")]
    items = [post(1, text=text, home=world.url), post(2, text=blocks, home=world.url, more=shape)]
    rows = list(bring("wxr", wxr(*items, *library, home=world.url)).posts.order_by("pk"))
    assert [row.state for row in rows] == ["done", "done"], [row.reason for row in rows]
    first, second = rows[0].page, rows[1].page
    assert kinds_of(first) == ["picture", "gallery", "outside", "outside", "text"]
    picture = first.body[0].value["picture"]
    assert (picture.credit, picture.file.name[-4:], first.body[0].value["caption"]) == (
        "Nadar", ".gif", "Low tide © Nadar",
    )  # fmt: skip
    assert [each["picture"].file.name[-4:] for each in first.body[1].value["pictures"]] == [".gif", ".jpg"]
    words = first.body[4].value.source
    assert "/up/film.mp4" in words and "/up/sound.mp3" in words and "alert" not in visit(first).text
    assert (kinds_of(second), second.form) == (["picture", "outside"], "gallery")
    assert "[contact-form-7]" in " ".join(rows[0].notes) and "latest-posts" in " ".join(rows[1].notes)


def test_old_addresses_lead_to_the_new_page(bring: Any, site: Any) -> None:
    home = f"https://{site.host}"
    page = bring("wxr", wxr(post(7, home=home), home=home)).posts.get().page
    client = Client(headers={"host": site.host})
    for path in ("/2019/03/post-7/", "/?p=7"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, page.article.address), path
    assert client.get("/?p=8").status_code == 200
    assert client.get("/category/culture/")["Location"].endswith("/articles/sections/culture/")


def test_a_second_run_takes_only_what_is_missing(bring: Any, monkeypatch: Any) -> None:
    made = taking.said_of

    def broken(job: Any, said: Any, *more: Any) -> Any:
        if said.title == "Post 2":
            raise RuntimeError("the disk is full")
        return made(job, said, *more)

    monkeypatch.setattr(taking, "said_of", broken)
    monkeypatch.setattr(together, "said_of", broken)
    file = wxr(post(1), post(2), post(1))
    first = bring("wxr", file)
    assert sorted(first.posts.values_list("title", "state")) == [("Post 1", "done"), ("Post 2", "failed")]
    monkeypatch.undo()
    second = bring("wxr", file)
    assert sorted(second.posts.values_list("title", "state")) == [("Post 1", "known"), ("Post 2", "done")]
    assert ArticlePage.objects.count() == Article.objects.count() == 2


def test_a_dry_run_changes_nothing_and_says_all(bring: Any) -> None:
    items = [
        post(1, date="0000-00-00 00:00:00"),
        post(2, status="draft"),
        post(3, kind="page"),
        post(4, status="trash"),
        post(5, text="[slider id=4] words", title="\u202egnirts " + "x" * 200),
        post(6, kind="nav_menu_item"),
        post(7, slug="post-2"),
    ]
    job = bring("wxr", wxr(*items), start=False)
    assert job.state == "looked" and job.passed_over == {"nav_menu_item": 1}
    assert not ArticlePage.objects.exists() and not SectionPage.objects.exists()
    rows = {row.key.rpartition(":")[2]: row for row in job.posts.all()}
    assert "0000-00-00" in rows["1"].notes[0] and rows["3"].state == rows["4"].state == "refused"
    assert "[slider]" in " ".join(rows["5"].notes) and "\u202e" not in rows["5"].title and len(rows["5"].title) <= 140
    run(job)
    drafts = set(ArticlePage.objects.filter(live=False).values_list("title", flat=True))
    assert drafts == {"Post 1", "Post 2"}
    assert ArticlePage.objects.get(title="Post 7").slug == "post-2"  # what was published keeps it before a draft
    assert ArticlePage.objects.get(title="Post 2").slug == "post-2-2"


def test_a_short_name_that_many_have_is_still_found(site: Any) -> None:
    section = make_section(site)
    for number in range(1, 14):
        slug = "post" if number == 1 else f"post-{number}"
        section.add_child(instance=ArticlePage(title=slug, slug=slug, live=False))
        assert free_slug(section, "Post", "article") == f"post-{number + 1}"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
            "document type",
        ),
        (
            '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>',
            "document type",
        ),
        ("<html><body>no</body></html>", "not a WordPress export"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "not a WordPress export"),
        (b"PK\x03\x04zip", "not an XML file"),
        (b"\xff\xfe<\x00r\x00", "UTF-16"),
        (b"\xff\xd8\xff\xe0 a picture", "not an XML file"),
    ],
)
def test_what_is_no_export_is_refused_with_a_reason(bring: Any, file: Any, words: str) -> None:
    job = bring("wxr", file)
    assert job.state == "refused" and words in job.reason


def test_a_file_that_breaks_off_gives_what_it_has(bring: Any) -> None:
    whole = wxr(post(1), post(2))
    job = bring("wxr", whole[: whole.index("Post 2") + 40])
    assert "breaks off" in job.warning and list(job.posts.values_list("title", "state")) == [("Post 1", "done")]


def test_a_text_without_end_is_refused_and_the_others_come(bring: Any) -> None:
    job = bring("wxr", wxr(post(1, text="<p>" + "long " * 500_000 + "</p>"), post(2), post(3, text="\x01\x0bGood")))
    assert dict(job.posts.values_list("title", "state")) == {"Post 1": "refused", "Post 2": "done", "Post 3": "done"}


def test_pictures_that_cannot_be_had_are_named(world: Elsewhere, bring: Any, photo: bytes) -> None:
    world.gives("/a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
    addresses = [f"{world.url}/gone.jpg", f"{world.url}/a.svg", "http://10.0.0.1/x.jpg", "file:///etc/passwd"]
    text = "<!-- wp:x -->" + "".join(f'<p>Before</p><img src="{address}" alt="x">' for address in addresses)
    row = bring("wxr", wxr(post(text=text))).posts.get()
    assert row.state == "done" and not Picture.objects.exists() and kinds_of(row.page) == ["text"]
    assert sum(note.startswith("Picture missing") for note in row.notes) == 3


def test_ghost_comes_with_its_cards(world: Elsewhere, bring: Any, photo: bytes) -> None:
    world.gives("/content/images/boats.jpg", photo, "image/jpeg")
    html = """<p>Words</p><figure class="kg-card kg-gallery-card"><div>
      <img src="__GHOST_URL__/content/images/boats.jpg" alt="Boats"></div><figcaption>© Nadar</figcaption></figure>
      <div class="kg-card kg-toggle-card"><div><h4 class="kg-toggle-heading-text">Why?</h4></div>
      <div class="kg-toggle-content"><p>Because.</p></div></div><figure class="kg-card kg-bookmark-card"><a href="https://a.example/">
      <div class="kg-bookmark-title">A page</div></a></figure>"""
    posts = [
        {"html": html},
        {"status": "draft", "published_at": None},
        {"visibility": "paid"},
        {"published_at": "yesterday"},
    ]
    job = bring("ghost", ghost(*posts), home=world.url)
    rows = {row.title: row for row in job.posts.select_related("page")}
    page = rows["Post 1"].page
    assert kinds_of(page) == ["text", "picture", "question", "text"] and "A page" in str(page.body[3].value)
    assert page.body[1].value["picture"].credit == "Nadar"
    assert (page.article.section.title, page.themes, page.article.signature) == ("Sea", "Ports", "Emma Roux")
    assert [rows[f"Post {n}"].page.live for n in (2, 3, 4)] == [False] * 3
    assert "yesterday" in rows["Post 4"].notes[0]


@pytest.mark.parametrize("file", ['{"db": [{"data": {}}]}', "[]", '{"db"', "", "[" * 100_000])
def test_json_that_is_no_ghost_is_refused(site: Any, bring: Any, file: str) -> None:
    if file:
        assert bring("ghost", file).state == "refused"
    else:
        with pytest.raises(ImportRefused):
            bring("ghost", file)


def test_a_feed_is_fetched_and_only_from_the_open_net(world: Elsewhere, site: Any) -> None:
    item = (
        "<item><title>Post &amp;amp; one</title><link>{u}/1/</link><guid>g1</guid><category>Sea</category>{d}"
        "<description>&lt;p&gt;Words&lt;/p&gt;</description></item>"
    )
    good = item.format(u=world.url, d="<pubDate>Mon, 04 Mar 2019 05:06:07 GMT</pubDate>")
    bad = item.format(u=world.url, d="<pubDate>tomorrow</pubDate>").replace("g1", "g2")
    world.gives(
        "/rss",
        f"<rss version='2.0'><channel><title>x</title>{good}{bad}</channel></rss>".encode(),
        "application/rss+xml",
    )
    job = add_import(site=site, source="rss", address=f"{world.url}/rss")
    run(job)
    assert list(job.posts.order_by("pk").values_list("state", "page__live")) == [("done", True), ("done", False)]
    with pytest.raises(ImportRefused):
        add_import(site=site, source="rss", address="file:///etc/passwd")
    inside = add_import(site=site, source="rss", address="http://127.0.0.1:1025/rss")
    run(inside)
    assert inside.state == "refused"


def test_a_draft_keeps_its_old_address_until_it_is_published(bring: Any, site: Any) -> None:
    page = bring("wxr", wxr(post(1, status="draft"))).posts.get().page
    page.save_revision().publish()
    assert page.article.old_addresses.count() == 2
    assert ImportedPost.objects.get().old[0].endswith("/post-1/")
