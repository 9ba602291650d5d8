"""The editors' desk: who gets in, how a site is made there, and that one site's editors touch no other's."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.admin.menu import admin_menu
from wagtail.models import GroupPagePermission, Page

from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.brand_icon import brand_icon
from bouquet.shared.network.models import Brand, Network, Picture, Site
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.toolkit.testing.pictures import BAD

pytestmark = pytest.mark.django_db
MAIN = {"host": "bouquet.localhost"}


@pytest.fixture
def main(db):
    return make_main_site(front=True)


def at_the_desk(person) -> Client:
    client = Client(headers=MAIN)
    client.force_login(person)
    return client


def site_form(**changes):
    empty = {f"{name}-{part}": 0 for name in ("navigation", "aliases") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return (
        {
            "name": "Port",
            "host": "port.bouquet.localhost",
            "slug": "",
            "tagline": "",
            "about": "",
            "brand": "",
            "kinds": ["videos"],
            "language": "fr",
            "territory": "fr",
            "minimum_age": 0,
            "position": 10,
            "is_open": "on",
            "publisher": "",
            "director": "",
        }
        | empty
        | changes
    )


def test_the_desk_sends_strangers_to_the_networks_sign_in(main):
    answer = Client(headers=MAIN).get("/admin/")
    assert answer.status_code == 302 and answer["location"].startswith("/accounts/login/")


def test_the_desk_does_not_exist_for_members(main, chloe):
    assert at_the_desk(chloe).get("/admin/").status_code == 404


@pytest.mark.parametrize("path", ["/admin/password_reset/"])
def test_wagtails_own_doors_are_closed(main, ada, path):
    assert at_the_desk(ada).get(path).status_code in (302, 404)


def test_the_desk_is_in_the_groups_name_and_colours(main, ada):
    Network.objects.update_or_create(pk=1, defaults={"name": "Groupe Horizon"})
    answer = at_the_desk(ada).get("/admin/")
    assert "Groupe Horizon" in answer.text and "/brand/desk-" in answer.text
    assert main.brand.icon in answer.text


def test_the_desk_says_what_needs_somebody(main, ada, basile):
    site = make_site("video", front=True, is_open=False)
    appoint_editor(site, basile)
    assert "names no publisher" in at_the_desk(ada).get("/admin/").text
    seen = at_the_desk(basile).get("/admin/").text
    assert "Video is closed to readers" in seen
    assert "names no publisher" not in seen
    assert f"/admin/pages/{site.wagtail_site.root_page_id}/edit/" in seen
    assert f"/admin/pages/{main.wagtail_site.root_page_id}/edit/" not in seen


def test_every_page_the_menu_leads_to_opens(main, ada):
    make_site("video", front=True)
    desk = at_the_desk(ada)
    request = desk.get("/admin/").wsgi_request
    menus, addresses = [admin_menu], {"/admin/pages/"}
    while menus:
        for item in menus.pop().menu_items_for_request(request):
            menus.extend([item.menu] if hasattr(item, "menu") else [])
            addresses.update([item.url] if item.url.startswith("/admin/") else [])
    assert len(addresses) > 12
    assert {address: desk.get(address, follow=True).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_a_site_made_on_the_desk_has_all_that_the_command_gives_it(main, ada):
    answer = at_the_desk(ada).post("/admin/network/sites/new/", site_form())
    assert answer.status_code == 302, answer.context["form"].errors
    site = Site.objects.get(host="port.bouquet.localhost")
    assert (site.slug, site.kinds, site.territory, site.brand.name) == ("port", ["videos"], "FR", "Port")
    assert site.editors and site.moderators and site.collection and site.wagtail_site.root_page.live
    assert Client().get("/", headers={"host": site.host}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"host": "bouquet.localhost"}, "Another site has this host name"),
        ({"host": "no host!"}, "A host name in small letters"),
        ({"is_main": "on"}, "own front already"),
        ({"kinds": ["teapots"]}, "teapots"),
        ({"name": ""}, "required"),
    ],
)
def test_a_site_that_cannot_be_is_refused_with_the_reason(main, ada, wrong, words):
    answer = at_the_desk(ada).post("/admin/network/sites/new/", site_form(**wrong))
    assert answer.status_code == 200 and words in answer.text
    assert Site.objects.count() == 1


def test_the_menu_of_a_site_is_written_on_the_desk(main, ada):
    site = make_site("video", front=True)
    lines = {
        "navigation-TOTAL_FORMS": 2,
        "navigation-0-label": "Sea",
        "navigation-0-target": "/search/?q=sea",
        "navigation-0-ORDER": 2,
        "navigation-1-label": "Ports",
        "navigation-1-target": "https://ports.example/",
        "navigation-1-ORDER": 1,
    }
    form = site_form(name="Video", host=site.host, slug="video", brand=site.brand_id, **lines)
    answer = at_the_desk(ada).post(f"/admin/network/sites/edit/{site.pk}/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert [line.label for line in site.navigation.all()] == ["Ports", "Sea"]
    assert "https://ports.example/" in Client().get("/", headers={"host": site.host}).text


def test_a_site_is_closed_never_deleted(main, ada):
    answer = at_the_desk(ada).post(f"/admin/network/sites/delete/{main.pk}/")
    assert answer.status_code in (302, 403, 404) and Site.objects.filter(pk=main.pk).exists()


def test_editors_run_no_sites_brands_or_law(main, basile):
    appoint_editor(main, basile, moderator=True)
    desk = at_the_desk(basile)
    for path in (
        "/admin/network/sites/",
        "/admin/network/sites/new/",
        f"/admin/network/sites/edit/{main.pk}/",
        "/admin/network/brands/",
        f"/admin/network/brands/edit/{main.brand_id}/",
        "/admin/network/settings/edit/1/",
        "/admin/users/",
        "/admin/groups/",
    ):
        assert desk.get(path).status_code in (302, 403, 404), path
    desk.post("/admin/network/sites/new/", site_form())
    assert Site.objects.count() == 1


def test_an_editor_composes_the_front_of_their_site(main, basile):
    site = make_site("video", front=True)
    appoint_editor(site, basile)
    page = site.wagtail_site.root_page
    desk = at_the_desk(basile)
    assert desk.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    answer = desk.post(f"/admin/pages/{page.pk}/edit/", front_form("Composed by Basile"))
    assert answer.status_code == 302
    page = Page.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().description == "Composed by Basile"
    assert page.specific.description == "", "an editor drafts, a moderator publishes"


def test_a_moderator_publishes_the_front_of_their_site(main, basile):
    site = make_site("video", front=True)
    appoint_editor(site, basile, moderator=True)
    page = site.wagtail_site.root_page
    form = front_form("Published") | {"action-publish": "1"}
    assert at_the_desk(basile).post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    assert Page.objects.get(pk=page.pk).specific.description == "Published"


def test_editors_of_one_site_cannot_touch_another(main, basile):
    own, other = make_site("video", front=True), make_site("music", front=True)
    appoint_editor(own, basile, moderator=True)
    page = other.wagtail_site.root_page
    desk = at_the_desk(basile)
    for path in (f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/delete/", f"/admin/pages/{page.pk}/move/"):
        assert desk.get(path).status_code in (302, 403, 404), path
        assert desk.post(path, front_form("Mine now") | {"action-publish": "1"}).status_code in (302, 403, 404), path
    page = Page.objects.get(pk=page.pk)
    assert page.specific.description == "" and page.revisions.count() == 1


def test_editors_see_and_change_only_the_pictures_of_their_site(main, basile):
    own, other = make_site("video", front=True), make_site("music", front=True)
    appoint_editor(own, basile)
    theirs = Picture.objects.create(title="Theirs", file=a_picture(other.brand), collection=other.collection)
    mine = Picture.objects.create(title="Mine", file=a_picture(own.brand), collection=own.collection)
    desk = at_the_desk(basile)
    listed = desk.get("/admin/images/").text
    assert "Mine" in listed and "Theirs" not in listed
    assert desk.get(f"/admin/images/{mine.pk}/").status_code == 200
    assert desk.get(f"/admin/images/{theirs.pk}/").status_code in (302, 403, 404)
    desk.post(f"/admin/images/{theirs.pk}/", {"title": "Stolen", "collection": own.collection.pk})
    theirs.refresh_from_db()
    assert theirs.title == "Theirs"


def test_what_an_editor_submits_goes_to_the_moderators_of_that_site(main, basile, chloe):
    site, other = make_site("video", front=True), make_site("music", front=True)
    appoint_editor(site, basile)
    page = site.wagtail_site.root_page
    assert [task.specific.groups.get() for task in page.get_workflow().tasks] == [site.moderators]
    assert [task.specific.groups.get() for task in other.wagtail_site.root_page.get_workflow().tasks] == [
        other.moderators
    ]
    form = front_form("Please look") | {"action-submit": "1"}
    at_the_desk(basile).post(f"/admin/pages/{page.pk}/edit/", form)
    page.refresh_from_db()
    assert page.current_workflow_state.status == "in_progress"


def test_no_group_of_a_site_reaches_beyond_its_own_tree(main):
    for slug in ("video", "music"):
        make_site(slug, front=True)
    for site in Site.objects.all():
        pages = GroupPagePermission.objects.filter(group__in=[site.editors, site.moderators])
        assert set(pages.values_list("page_id", flat=True)) == {site.wagtail_site.root_page_id}


def test_unreadable_colours_are_refused_with_the_ratio(main, ada):
    values = {f.name: f.value_from_object(main.brand) or "" for f in Brand._meta.concrete_fields}
    answer = at_the_desk(ada).post(
        f"/admin/network/brands/edit/{main.brand_id}/", values | {"quiet": "#bbbbbb", "logo": "", "logo_dark": ""}
    )
    assert answer.status_code == 200
    assert "has a contrast of 1.92:1" in answer.text and "at least 4.5:1" in answer.text
    main.brand.refresh_from_db()
    assert main.brand.quiet != "#bbbbbb"


def test_a_brand_is_previewed_before_it_is_saved(main, ada):
    values = {f.name: f.value_from_object(main.brand) or "" for f in Brand._meta.concrete_fields}
    path = f"/admin/network/brands/preview/{main.brand_id}/"
    desk = at_the_desk(ada)
    assert desk.post(path, values | {"accent": "#7a0033", "logo": "", "logo_dark": ""}).json()["is_valid"]
    page = desk.get(path + "?mode=")
    assert page.status_code == 200 and "/brand/draft.css?" in page.text and "accent=%237a0033" in page.text


def a_picture(brand) -> ContentFile:
    return ContentFile(brand_icon(brand, 32), name="icon.png")


def front_form(description: str):
    return {
        "title": "Video",
        "slug": "video",
        "description": description,
        "body-count": "0",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }


def test_leaving_the_desk_is_leaving_the_network(main, ada):
    answer = at_the_desk(ada).post("/admin/logout/")
    assert (answer.status_code, answer["location"]) == (307, "/accounts/logout/")


def test_nobody_deletes_a_person_from_the_desk(main, ada, chloe):
    desk = at_the_desk(ada)
    desk.post(f"/admin/users/delete/{chloe.pk}/")
    desk.post(f"/admin/bulk/accounts/person/delete/?id={chloe.pk}")
    assert type(chloe).objects.filter(pk=chloe.pk).exists()


def test_a_picture_needs_words_for_who_cannot_see_it_and_a_credit(main, ada):
    desk = at_the_desk(ada)
    values = {"title": "Harbour", "file": a_picture(main.brand), "collection": main.collection.pk}
    refused = desk.post("/admin/images/add/", values)
    assert {"description", "credit"} <= set(refused.context["form"].errors)
    values |= {"file": a_picture(main.brand), "description": "Boats at dawn", "credit": "Emma"}
    assert desk.post("/admin/images/add/", values).status_code == 302
    picture = Picture.objects.get()
    assert (picture.default_alt_text, picture.credit, picture.uploaded_by_user) == ("Boats at dawn", "Emma", ada)


def test_what_is_no_picture_is_refused_by_the_desk_too(main, ada):
    """A bomb of 400 million points, an SVG, words under a picture's name: in a sentence, and nothing is kept."""
    desk = at_the_desk(ada)
    values = {"title": "Harbour", "description": "Boats", "credit": "Emma", "collection": main.collection.pk}
    for what, (data, _words) in BAD.items():
        answer = desk.post("/admin/images/add/", values | {"file": SimpleUploadedFile("harbour.png", data)})
        assert answer.status_code == 200 and answer.context["form"].errors.get("file"), what
    assert not Picture.objects.exists()


def test_a_logo_is_shown_in_place_of_the_wordmark(main):
    picture = Picture.objects.create(title="Logo", description="Bouquet", credit="us", file=a_picture(main.brand))
    Brand.objects.filter(pk=main.brand_id).update(wordmark="In letters")
    main.brand.refresh_from_db()
    main.brand.logo = picture
    main.brand.save()
    text = Client(headers=MAIN).get("/legal/").text
    masthead = text.split('class="masthead__name"')[1].split("</a>")[0]
    assert ".webp" in masthead and 'alt="Bouquet"' in masthead and "In letters" not in masthead


def test_a_logo_whose_file_is_gone_breaks_no_page(main):
    picture = Picture.objects.create(title="Logo", description="Bouquet", credit="us", file=a_picture(main.brand))
    picture.file.storage.delete(picture.file.name)
    main.brand.logo = picture
    main.brand.save()
    answer = Client(headers=MAIN).get("/legal/")
    assert answer.status_code == 200 and 'class="wordmark"' in answer.text


def test_the_desk_is_there_on_every_site_of_the_networks_domain(main, ada):
    site = make_site("video", front=True)
    client = Client(headers={"host": site.host})
    client.force_login(ada)
    assert client.get("/admin/").status_code == 200
