"""Captions as rows and files."""

from __future__ import annotations

import os
import shutil
import time
from typing import Any

import pytest

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import (
    CaptionsChangedMeanwhile,
    CaptionsRefused,
    keep_captions,
    remove_asset,
    remove_captions,
)
from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.models import Caption
from bouquet.shared.assets.personal_data import erase_assets, export_assets
from bouquet.shared.assets.tasks import restore_caption_files
from bouquet.shared.assets.tests.caller import Caller, Reply
from bouquet.shared.assets.tests.make import ready_asset

pytestmark = pytest.mark.django_db
HELLO = [(0, 1000, "Bonjour")]
LATER = [(0, 1000, "Bonsoir")]


def ask(path: str) -> Reply:
    return Caller(application)("GET", path)


def test_each_version_is_a_file_of_its_own_that_may_be_kept_for_ever(chloe: Person) -> None:
    asset = ready_asset(owner=chloe)
    first = keep_captions(asset, HELLO, language="fr", by=chloe)
    former = first.path
    second = keep_captions(asset, LATER, language="fr", by=chloe)
    assert former != second.path
    for path, words in ((former, "Bonjour"), (second.path, "Bonsoir")):
        answer = ask(stream_prefix(asset) + path)
        assert answer.status == 200
        assert words in answer.body.decode()
        assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
        assert answer.headers["cache-control"].endswith("immutable")
        assert answer.headers["access-control-allow-origin"] == "*"
    assert Caption.objects.count() == 1


def test_without_the_films_signature_there_are_no_captions(chloe: Person) -> None:
    asset, other = ready_asset(owner=chloe), ready_asset(owner=chloe)
    caption = keep_captions(asset, HELLO, language="fr", by=chloe)
    of_other = stream_prefix(other).replace(other.uid, asset.uid)
    assert ask(of_other + caption.path).status == 403
    assert ask(f"/media/{asset.uid}/{caption.path}").status == 404
    assert ask(stream_prefix(asset, seconds=-3600) + caption.path).status == 410


def test_who_kept_another_version_first_wins_and_nothing_of_theirs_changes(chloe: Person, basile: Person) -> None:
    asset = ready_asset(owner=chloe)
    base = keep_captions(asset, HELLO, language="fr", by=chloe).version
    theirs = keep_captions(asset, LATER, language="fr", by=basile, base=base)
    with pytest.raises(CaptionsChangedMeanwhile) as meanwhile:
        keep_captions(asset, [(0, 1000, "Bonne nuit")], language="fr", by=chloe, base=base)
    assert meanwhile.value.caption.version == theirs.version
    assert Caption.objects.get().cues == [[0, 1000, "Bonsoir", ""]]


def test_what_was_taken_away_meanwhile_is_kept_anew(chloe: Person) -> None:
    asset = ready_asset(owner=chloe)
    caption = keep_captions(asset, HELLO, language="fr", by=chloe)
    remove_captions(Caption.objects.get())
    keep_captions(asset, LATER, language="fr", by=chloe, base=caption.version)
    assert Caption.objects.get().length == 1


@pytest.mark.parametrize(("given", "kept"), [("FR", "fr"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW")])
def test_a_language_is_written_in_one_way(chloe: Person, given: str, kept: str) -> None:
    assert keep_captions(ready_asset(), HELLO, language=given, by=chloe).language == kept


@pytest.mark.parametrize("language", ["", "x", "français", "../etc", "fr/../../x", "en\x00", "a" * 90])
def test_what_is_no_language_is_refused(language: str) -> None:
    with pytest.raises(CaptionsRefused):
        keep_captions(ready_asset(), HELLO, language=language, by=None)


@pytest.mark.parametrize(
    "cues",
    [
        [(0, 0, "x")],
        [(-1, 5, "x")],
        [(0, float("nan"), "x")],
        [(True, 5, "x")],
        [(5, 6, "x"), (4, 9, "y")],
        [(0, 10**12, "x")],
        [(0, 1, "x" * 5000)],
        [(n, n + 1, "x") for n in range(10_001)],
    ],
)
def test_wrong_cues_are_refused(cues: Any) -> None:
    asset = ready_asset()
    with pytest.raises(CaptionsRefused):
        keep_captions(asset, cues, language="fr", by=None)
    assert not Caption.objects.exists()
    assert not (asset.stream_folder / "captions").exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_away_is_away_at_once(chloe: Person) -> None:
    asset = ready_asset(owner=chloe)
    caption = keep_captions(asset, HELLO, language="fr", by=chloe)
    english = keep_captions(asset, HELLO, language="en", by=chloe)
    remove_captions(caption)
    assert ask(stream_prefix(asset) + caption.path).status == 404
    assert ask(stream_prefix(asset) + english.path).status == 200
    remove_asset(asset)
    assert not Caption.objects.exists()
    assert not asset.stream_folder.exists()


def test_old_versions_go_once_no_page_can_ask_for_them(chloe: Person) -> None:
    asset = ready_asset(owner=chloe)
    old = asset.stream_folder / keep_captions(asset, HELLO, language="fr", by=chloe).path
    day = time.time() - 24 * 3600
    os.utime(old, (day, day))
    new = asset.stream_folder / keep_captions(asset, LATER, language="fr", by=chloe).path
    assert new.exists()
    assert not old.exists()


def test_who_wrote_them_can_take_them_away_and_be_forgotten(chloe: Person, basile: Person) -> None:
    keep_captions(ready_asset(owner=chloe), HELLO, language="fr", by=basile)
    assert "Bonjour" in export_assets(basile)["captions"][0]["text"]
    erase_assets(basile)
    assert Caption.objects.get().changed_by is None


def test_a_folder_that_lost_them_gets_them_again(chloe: Person) -> None:
    asset = ready_asset(owner=chloe)
    caption = keep_captions(asset, HELLO, language="fr", by=chloe)
    shutil.rmtree(asset.stream_folder)
    restore_caption_files.func()
    assert ask(stream_prefix(asset) + caption.path).status == 200
