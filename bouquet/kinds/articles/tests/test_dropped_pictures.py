"""Pictures dropped on the text of an article, as the desk's script sends them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client
from wagtail.models import Collection

from bouquet.kinds.articles.tests.make import make_newsroom, make_section
from bouquet.shared.network.models import Picture
from bouquet.toolkit.testing.pictures import PLACE, picture

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/articles/pictures/"


def file(name: str = "quai du port.jpg", body: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(size=(64, 64)) if body is None else body, "image/jpeg")


def test_a_dropped_picture_is_asked_for_its_maker_and_kept_without_its_place(db: Any, ada: Any, chloe: Any) -> None:
    site = make_section(make_newsroom()).site
    client = Client(headers={"host": site.host})
    client.force_login(chloe)
    assert client.get(ADDRESS).status_code == 404  # no editor
    client.force_login(ada)
    asked = client.get(ADDRESS).text
    assert 'name="credit"' in asked and 'name="licence"' in asked and 'data-name="description"' in asked
    said = {"credit": "Emma Roux", "licence": "CC BY 4.0", "description": "Boats at dawn"}
    said["collection"] = str(Collection.get_first_root_node().pk)
    refused = client.post(ADDRESS, said | {"file": file(), "licence": ""})
    assert refused.status_code == 422 and refused.json()["detail"] and not Picture.objects.exists()
    assert client.post(ADDRESS, said | {"file": file(body=b"<svg onload='x()'/>")}).status_code == 422
    kept = client.post(ADDRESS, said | {"file": file()})
    made = Picture.objects.get()
    assert kept.status_code == 201 and (made.title, made.uploaded_by_user) == ("quai du port", ada)
    assert PLACE not in made.file.read()
    told = client.get(kept.json()["chosen"], headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert told["result"]["id"] in (made.pk, str(made.pk)) and told["result"]["preview"]["url"]
    editor = client.get(f"/admin/pages/add/articles/articlepage/{make_section(site, 'Sea').pk}/").text
    assert 'data-controller="picture-drop' in editor and "picture_drop.js" in editor


@pytest.mark.django_db(transaction=True)
def test_no_worker_sees_a_new_picture_before_its_line_in_the_desks_search(ada: Any) -> None:
    """Both would write that line, and who came second failed: "It did not arrive", said the desk."""
    site = make_section(make_newsroom()).site
    client = Client(headers={"host": site.host})
    client.force_login(ada)
    said = {"credit": "Emma Roux", "licence": "CC BY 4.0", "description": "Boats at dawn"}
    said["collection"] = str(Collection.get_first_root_node().pk)
    seen: list[bool] = []

    def is_kept_back(**_said: Any) -> None:
        seen.append(connection.in_atomic_block)

    post_save.connect(is_kept_back, sender=Picture)
    try:
        assert client.post(ADDRESS, said | {"file": file()}).status_code == 201
    finally:
        post_save.disconnect(is_kept_back, sender=Picture)
    assert seen and all(seen)
