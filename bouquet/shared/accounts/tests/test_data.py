from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.utils import timezone

from bouquet.shared.accounts.actions import add_person, erase_person, issue_token
from bouquet.shared.accounts.events import AccountErased
from bouquet.shared.accounts.models import DataExport, Person, SignIn
from bouquet.shared.accounts.personal_data import _HOLDINGS as registry
from bouquet.shared.accounts.personal_data import holdings, models_with_people, personal_data
from bouquet.shared.accounts.tasks import tidy_accounts
from bouquet.shared.accounts.tests.doors import MAIN, letters, sign_in
from bouquet.shared.accounts.tests.test_profile import FORM, picture
from bouquet.toolkit.events import LISTENERS, on
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.testing.cast import PASSWORD

pytestmark = pytest.mark.django_db


def prove(client: Client, path: str) -> None:
    """Type the password again, as the page asks."""
    client.post(f"/accounts/reauthenticate/?next={path}", {"password": PASSWORD}, headers=MAIN)


@pytest.fixture
def lending(chloe):
    """An app of a test that holds something about people."""
    kept = {chloe.pk: ["Les Mots"], 0: ["not hers"]}
    personal_data(
        "lending",
        models=[],
        export=lambda person: {"books": kept.get(person.pk, [])},
        erase=lambda person: kept.pop(person.pk, None),
    )
    yield kept
    registry.pop("lending")


def test_a_copy_holds_what_each_app_registered_and_files(main_site, chloe, lending):
    client = sign_in(chloe)
    client.post("/me/", FORM | {"new_picture": SimpleUploadedFile("me.jpg", picture())}, headers=MAIN)
    issue_token(chloe, name="script")
    prove(client, "/me/data/")
    client.post("/me/data/export/", headers=MAIN)
    assert "Being prepared" in client.get("/me/data/", headers=MAIN).content.decode()

    assert "ready" in letters()[-1].subject
    page = client.get("/me/data/", headers=MAIN)
    [(copy, _until)] = page.context["exports"]
    answer = client.get(f"/me/data/export/{copy.uid}.zip", headers=MAIN)
    archive = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert {f"{holding.name}.json" for holding in holdings()} <= set(archive.namelist())
    assert json.loads(archive.read("lending.json")) == {"books": ["Les Mots"]}
    account = json.loads(archive.read("accounts.json"))
    assert account["profile"]["name"] == "Chloé Martin"
    assert account["access_tokens"][0]["name"] == "script"
    assert archive.read("accounts/picture-256.webp")[8:12] == b"WEBP"
    assert PASSWORD not in str(account) and chloe.password not in str(account)


def test_a_copy_is_for_its_owner_only(main_site, chloe, driss):
    export = DataExport.objects.create(person=chloe, ready_at=timezone.now())
    export.path.parent.mkdir(parents=True, exist_ok=True)
    export.path.write_bytes(b"zip")
    address = f"/me/data/export/{export.uid}.zip"
    assert sign_in(driss).get(address, headers=MAIN).status_code == 404
    assert Client().get(address, headers=MAIN).status_code == 302
    assert sign_in(chloe).get(address, headers=MAIN).status_code == 200


def test_asking_twice_prepares_one_copy(main_site, chloe):
    client = sign_in(chloe)
    prove(client, "/me/data/")
    client.post("/me/data/export/", headers=MAIN)
    client.post("/me/data/export/", headers=MAIN)
    assert DataExport.objects.count() == 1


def test_taking_a_copy_and_erasing_ask_the_password_again(main_site, chloe):
    client = sign_in(chloe)
    for answer in (client.post("/me/data/export/", headers=MAIN), client.get("/me/data/erasure/", headers=MAIN)):
        assert "/accounts/reauthenticate/" in answer["Location"]
    assert not DataExport.objects.exists()


def test_copies_and_sign_ins_and_unconfirmed_accounts_do_not_stay_for_ever(main_site, chloe):
    old = timezone.now() - timedelta(days=8)
    export = DataExport.objects.create(person=chloe, asked_at=old, ready_at=old)
    export.path.parent.mkdir(parents=True, exist_ok=True)
    export.path.write_bytes(b"zip")
    SignIn.objects.create(person=chloe, ended_at=timezone.now() - timedelta(days=31))
    live = SignIn.objects.create(person=chloe)
    Person.objects.filter(pk=chloe.pk).update(joined_at=old)
    half = add_person("half@example.org", name="Half")
    half.emailaddress_set.update(verified=False)
    Person.objects.filter(pk=half.pk).update(joined_at=old)
    tidy_accounts.func()
    assert not export.path.exists()
    assert list(SignIn.objects.all()) == [live]
    assert list(Person.objects.all()) == [chloe]


def test_erasing_needs_the_address_typed_and_then_nothing_personal_is_left(main_site, chloe, lending):
    client, elsewhere = sign_in(chloe), sign_in(chloe)
    client.post("/me/", FORM | {"territory": "BE"}, headers=MAIN)
    chloe.refresh_from_db()
    issue_token(chloe, name="script")
    prove(client, "/me/data/erasure/")
    page = client.get("/me/data/erasure/", headers=MAIN).content.decode()
    assert "Your name, address, picture" in page

    client.post("/me/data/erasure/", {"address": "driss@bouquet.example"}, headers=MAIN)
    assert Person.objects.get(pk=chloe.pk).email == chloe.email

    answer = client.post("/me/data/erasure/", {"address": "Chloe@bouquet.example"}, headers=MAIN)
    assert answer["Location"] == "/accounts/farewell/"
    for each in (client, elsewhere):
        assert each.get("/me/", headers=MAIN).status_code == 302
    assert chloe.pk not in lending
    assert_forgotten(chloe)


def test_the_only_one_who_runs_the_network_cannot_leave_it_alone(main_site, ada):
    client = sign_in(ada)
    prove(client, "/me/data/erasure/")
    answer = client.post("/me/data/erasure/", {"address": ada.email}, headers=MAIN)
    assert "only one who runs this network" in str(answer.context["form"].non_field_errors())
    assert Person.objects.get(pk=ada.pk).is_active


def assert_forgotten(person: Person) -> None:
    """Walk every table of every app: no text of this person anywhere, nobody but kept papers refers to them."""
    told = {person.email, person.name, person.handle, person.uid, person.about} - {""}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in {"tasks.TaskRow", "sessions.Session"}:
            continue  # emptied by their own schedule
        texts = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        ]
        for row in model._base_manager.values(*texts) if texts else ():
            for name, value in row.items():
                assert not any(value == word or f'"{word}"' in str(value) for word in told), (model, name, value)
    emptied = Person.objects.get(pk=person.pk)
    assert (emptied.birth_date, emptied.territory, emptied.reads, emptied.is_active) == (None, "", [], False)
    assert not emptied.has_usable_password()


def test_erasing_is_one_transaction(chloe):
    def fail(person: Person) -> None:
        raise RuntimeError("the disk is full")

    personal_data("failing", models=[], export=lambda person: {}, erase=fail)
    try:
        with pytest.raises(RuntimeError):
            erase_person(chloe, by=chloe)
    finally:
        registry.pop("failing")
    chloe.refresh_from_db()
    assert (chloe.name, chloe.erased_at) == ("Chloé", None)
    assert chloe.emailaddress_set.exists()


def test_the_news_of_an_erasure_reaches_listeners_once(chloe):
    heard: list[int] = []

    @on(AccountErased)
    def hear_it(event: AccountErased) -> None:
        heard.append(event.person_id)

    try:
        erase_person(chloe, by=chloe)
        erase_person(chloe, by=chloe)
        run_all_tasks()
    finally:
        LISTENERS[AccountErased].remove(hear_it)
    assert heard == [chloe.pk]


def test_the_same_address_may_sign_up_again_after_an_erasure(chloe):
    erase_person(chloe, by=chloe)
    assert add_person("chloe@bouquet.example", name="Chloé").handle == "chloe"


def test_every_model_of_the_house_that_points_at_a_person_is_found():
    found = {model._meta.label for model in models_with_people()}
    assert {"accounts.SignIn", "accounts.AccessToken", "account.EmailAddress", "works.Work"} <= found
    assert "accounts.Person" not in found
