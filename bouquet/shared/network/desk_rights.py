"""What the editors' desk needs for a site: its page tree, its folder of pictures, and who may do what in both."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.models import Site as WagtailSite

from bouquet.shared.network.front_door import first_page_of
from bouquet.shared.network.models import Site

EDITORS_MAY = ["add_page", "change_page"]
MODERATORS_MAY = [*EDITORS_MAY, "publish_page", "lock_page", "unlock_page"]
# Wagtail asks for the permissions of its own image model, whatever the model in use.
IN_COLLECTIONS = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]


def give_a_desk(site: Site) -> None:
    """Make what is missing of a site's place on the desk. Safe to run twice; the caller holds the transaction."""
    tree = site.wagtail_site or _plant_page_tree(site)
    site.wagtail_site, front_id = tree, tree.root_page_id
    if site.collection is None:
        site.collection = _collections().add_child(instance=Collection(name=site.name))
    with translation.override(site.language):  # whatever language the command line speaks
        if site.editors is None:
            site.editors = _group(site, _("editors"), EDITORS_MAY, front_id)
        if site.moderators is None:
            site.moderators = _group(site, _("moderators"), MODERATORS_MAY, front_id)
            _moderate(site.moderators, front_id)
    site.save()


def rename_desk(site: Site) -> None:
    """Follow a site that took another name, host, or place."""
    with translation.override(site.language):
        roles = [(site.editors, _("editors")), (site.moderators, _("moderators"))]
    for group, role in roles:
        if group is not None:
            group.name = _group_name(site, role)
            group.save(update_fields=["name"])
    if site.collection is not None and site.collection.name != site.name:
        site.collection.name = site.name
        site.collection.save(update_fields=["name"])
    if site.wagtail_site is not None:
        site.wagtail_site.hostname = site.host
        site.wagtail_site.site_name = site.name
        site.wagtail_site.is_default_site = site.is_main
        site.wagtail_site.save()


def _plant_page_tree(site: Site) -> WagtailSite:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    _clear_what_wagtail_plants()
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    front = root.add_child(instance=first_page_of(site))
    front.save_revision().publish()
    return WagtailSite.objects.create(
        hostname=site.host,
        port=443 if settings.SCHEME == "https" else 80,
        site_name=site.name,
        root_page=front,
        is_default_site=site.is_main,
    )


def _clear_what_wagtail_plants() -> None:
    """Wagtail's first migration makes a welcome page, a site for it, two groups over all pages and their workflow."""
    WagtailSite.objects.filter(hostname="localhost", bouquet_site=None).delete()
    Page.objects.filter(depth=2, slug="home", content_type__model="page", url_path="/home/").delete()
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()


def _collections() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(instance=Collection(name="Root"))


def _group_name(site: Site, role: str) -> str:
    """Names of groups are unique; two sites of one name are told apart by their slug."""
    name = f"{site.name} · {role}"
    taken = Group.objects.filter(name=name).exclude(pk__in=[site.editors_id, site.moderators_id]).exists()
    return f"{site.name} ({site.slug}) · {role}" if taken else name


def _group(site: Site, role: str, page_permissions: list[str], front_id: int) -> Group:
    group = Group.objects.create(name=_group_name(site, role))
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    for codename in page_permissions:
        GroupPagePermission.objects.create(
            group=group,
            page_id=front_id,
            permission=Permission.objects.get(codename=codename, content_type__app_label="wagtailcore"),
        )
    apps = ["wagtailimages", "wagtaildocs"]
    for permission in Permission.objects.filter(codename__in=IN_COLLECTIONS, content_type__app_label__in=apps):
        GroupCollectionPermission.objects.create(group=group, collection=site.collection, permission=permission)
    return group


def _moderate(moderators: Group, front_id: int) -> None:
    """What an editor submits is approved by the site's own moderators."""
    task = GroupApprovalTask.objects.create(name=moderators.name)
    task.groups.add(moderators)
    workflow = Workflow.objects.create(name=moderators.name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page_id=front_id)
