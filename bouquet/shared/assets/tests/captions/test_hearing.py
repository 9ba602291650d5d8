"""Automatic captions: absent without a model, resumed after a kill, never over what people wrote. The model is faked
here; docs/running/speech.md tells how it was heard for real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import CaptionsRefused, begin_hearing, hearing_of, keep_captions
from bouquet.shared.assets.captions import speech
from bouquet.shared.assets.captions.hearing import hear_on
from bouquet.shared.assets.events import AssetReady
from bouquet.shared.assets.models import Asset, Caption, Step
from bouquet.shared.assets.tests.ear import FakeModel, lend_ear
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.toolkit.events import announce
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> FakeModel:
    return lend_ear(monkeypatch, settings, tmp_path)


def test_without_a_model_nothing_is_offered(chloe: Person) -> None:
    asset = ready_asset(owner=chloe)
    assert hearing_of(asset) is None
    with pytest.raises(CaptionsRefused):
        begin_hearing(asset, language="fr")
    assert not hear_on(asset.pk, "fr")


def test_a_folder_without_the_library_is_no_ear(chloe: Person, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"x")
    settings.SPEECH_MODEL = str(tmp_path)
    assert speech.is_offered() is (speech.find_spec("faster_whisper") is not None)
    settings.SPEECH_MODEL = str(tmp_path / "nowhere")
    assert not speech.is_offered()


def test_a_short_film_is_heard_at_once_and_marked(chloe: Person, model: FakeModel) -> None:
    asset = ready_asset(owner=chloe, duration=250.0)
    begin_hearing(asset, language="fr")
    assert hearing_of(asset).state == "waiting"
    run_all_tasks()
    caption = Caption.objects.get()
    assert [cue[2] for cue in caption.cues] == ["sentence 0", "sentence 100", "sentence 200"]
    assert caption.origin == "automatic"
    assert "(automatic)" in str(caption.shown_label)
    assert hearing_of(asset).state == "done"


def test_a_long_film_is_heard_in_pieces_that_go_on_after_a_kill(chloe: Person, model: FakeModel) -> None:
    asset = ready_asset(owner=chloe, duration=800.0)
    begin_hearing(asset, language="")
    assert hear_on(asset.pk, "")
    pieces = len(model.given)
    real, model.transcribe = model.transcribe, lambda *_a, **_k: (_ for _ in ()).throw(KeyboardInterrupt)  # killed
    with pytest.raises(KeyboardInterrupt):
        hear_on(asset.pk, "")
    model.transcribe = real
    run_all_tasks()
    cues = Caption.objects.get(language="fr").cues
    assert len(model.given) > pieces
    starts = [cue[0] for cue in cues]
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert starts[-1] >= 700_000
    assert not (asset.upload_folder / "heard.json").exists()


def test_what_people_wrote_is_not_overwritten(chloe: Person, model: FakeModel) -> None:
    asset = ready_asset(owner=chloe, duration=100.0)
    begin_hearing(asset, language="")
    keep_captions(asset, [(0, 900, "Moi")], language="fr", by=chloe)
    run_all_tasks()
    assert Caption.objects.get().cues[0][2] == "Moi"
    with pytest.raises(CaptionsRefused):
        begin_hearing(asset, language="fr")


def test_a_silent_film_ends_with_a_reason(chloe: Person, model: FakeModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_asset: Asset) -> Any:
        raise speech.NothingToHear

    monkeypatch.setattr(speech, "_sound", silent)
    asset = ready_asset(owner=chloe)
    begin_hearing(asset, language="fr")
    run_all_tasks()
    assert Step.objects.get(asset=asset, name="hearing").state == "failed"
    assert not Caption.objects.exists()


def test_a_film_that_goes_meanwhile_ends_it(chloe: Person, model: FakeModel) -> None:
    asset = ready_asset(owner=chloe, duration=100.0)
    begin_hearing(asset, language="fr")
    Asset.objects.filter(pk=asset.pk).delete()
    run_all_tasks()
    assert not Caption.objects.exists()


def test_long_sentences_become_two_lines() -> None:
    assert speech.in_lines("Bonjour") == "Bonjour"
    first, second = speech.in_lines("Les premiers vélos traversent les flaques de la place de la gare").split("\n")
    assert abs(len(first) - len(second)) < 12


def test_where_the_operator_wants_it_every_film_is_heard_once(chloe: Person, model: FakeModel, settings: Any) -> None:
    settings.SPEECH_EVERY_FILM = True
    asset = ready_asset(owner=chloe, duration=100.0)
    for _twice in range(2):
        announce(AssetReady(asset_id=asset.pk))
        run_all_tasks()
    assert Caption.objects.filter(asset=asset, origin="automatic").count() == 1
    assert len(model.given) == 1


def test_a_broken_model_ends_in_a_failure_that_is_said(
    chloe: Person, model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = ready_asset(owner=chloe, duration=100.0)
    begin_hearing(asset, language="fr")

    def broken() -> Any:
        raise RuntimeError("model.bin is no model")

    monkeypatch.setattr(speech, "_model", broken)
    with pytest.raises(RuntimeError):
        hear_on(asset.pk, "fr")
    said = hearing_of(asset)
    assert said is not None
    assert (said.state, said.is_silent) == ("failed", False)
