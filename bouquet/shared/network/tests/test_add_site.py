import pytest
from click.testing import CliRunner
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.models import GroupApprovalTask, GroupPagePermission, Locale, Page, Workflow, WorkflowTask

from bouquet.shared.network.actions import add_site, change_site
from bouquet.shared.network.commands import site as site_command
from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_brand, make_main_site, make_site

pytestmark = pytest.mark.django_db


def test_a_new_site_has_a_front_page_pictures_and_two_groups():
    site = add_site(host="Vidéo.Example", name="Vidéo", kinds=["videos"])
    site.refresh_from_db()
    assert site.host == "xn--vido-dpa.example"
    assert (site.slug, site.kinds, site.brand.name) == ("video", ["videos"], "Vidéo")
    assert site.wagtail_site.root_page.live
    assert site.collection.name == "Vidéo"
    assert [site.editors.name, site.moderators.name] == ["Vidéo · rédaction", "Vidéo · modération"]
    may = GroupPagePermission.objects.filter(group=site.editors).values_list("permission__codename", "page_id")
    assert set(may) == {("add_page", site.wagtail_site.root_page_id), ("change_page", site.wagtail_site.root_page_id)}


def test_the_pages_wagtail_plants_by_itself_are_gone():
    Locale.objects.create(language_code="en")
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.add(Group.objects.create(name="Moderators"))
    workflow = Workflow.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    site = add_site(host="bouquet.localhost", name="Bouquet", is_main=True)
    assert [each.name for each in Workflow.objects.all()] == ["Bouquet · modération"]
    assert set(Group.objects.all()) == {site.editors, site.moderators}
    assert [page.pk for page in Page.objects.filter(depth=2)] == [site.wagtail_site.root_page_id]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"host": "video.bouquet.localhost"}, "host"),
        ({"host": "a b.example"}, "host"),
        ({"language": "xx"}, "language"),
        ({"territory": "France"}, "territory"),
        ({"kinds": ["teapots"]}, "kinds"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(wrong, field):
    make_site("video")
    with pytest.raises(ValidationError) as refusal:
        add_site(**({"host": "new.example", "name": "New"} | wrong))
    assert field in refusal.value.message_dict
    assert Site.objects.count() == 1


def test_a_network_has_one_main_site():
    make_main_site()
    with pytest.raises(ValidationError, match="own front already"):
        add_site(host="other.example", name="Other", is_main=True)


def test_two_sites_of_one_name_get_along():
    one, two = add_site(host="a.example", name="Same"), add_site(host="b.example", name="Same")
    assert (one.slug, two.slug) == ("same", "same-2")
    assert one.editors.name != two.editors.name


def test_a_renamed_site_takes_its_desk_along():
    site = change_site(add_site(host="a.example", name="Before"), name="After", host="after.example")
    assert site.editors.name == "After · rédaction"
    assert site.wagtail_site.hostname == "after.example"
    assert site.collection.name == "After"


def test_the_command_adds_a_site():
    make_brand("Nord")
    said = CliRunner().invoke(
        site_command, ["add", "nord.example", "--name", "Nord", "--kinds", "videos", "--brand", "nord"]
    )
    assert said.exit_code == 0, said.output
    assert "http://nord.example" in said.output
    site = Site.objects.get(host="nord.example")
    assert (site.brand.name, site.kinds) == ("Nord", ["videos"])
    assert "nord.example" in CliRunner().invoke(site_command, ["list"]).output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["video.bouquet.localhost", "--name", "X"], "Another site has this host name"),
        (["x.example", "--name", "X", "--kinds", "teapots"], "Known: articles, "),
        (["x.example", "--name", "X", "--language", "xx"], "language"),
        (["x.example", "--name", "X", "--brand", "Nobody"], "There is no brand “Nobody”. Known: Video."),
    ],
)
def test_the_command_says_clearly_what_is_wrong(options, words):
    make_site("video")
    said = CliRunner().invoke(site_command, ["add", *options])
    assert said.exit_code == 1
    assert words in said.output
    assert Site.objects.count() == 1


def test_listing_an_empty_network_says_how_to_begin():
    said = CliRunner().invoke(site_command, ["list"])
    assert said.exit_code == 1 and "bouquet site add" in said.output
