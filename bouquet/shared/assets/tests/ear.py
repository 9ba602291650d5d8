"""A made-up speech model for tests: docs/running/speech.md tells how a real one was heard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bouquet.shared.assets.captions import speech


def segment(start: float, end: float, text: str, no_speech: float = 0.0) -> Any:
    return SimpleNamespace(start=start, end=end, text=text, words=None, no_speech_prob=no_speech)


class FakeModel:
    """Hears a sentence each hundred seconds, and knows what it was given."""

    def __init__(self) -> None:
        self.given: list[float] = []

    def transcribe(self, samples: Any, **_options: Any) -> tuple[Iterator[Any], Any]:
        self.given.append(samples)
        said = (segment(at, at + 4, f" sentence {at:.0f}") for at in range(0, int(samples), 100))
        return said, SimpleNamespace(language="fr")


def lend_ear(monkeypatch: pytest.MonkeyPatch, settings: Any, folder: Path) -> FakeModel:
    """This network can hear: sound is a number of seconds, and the model says what second it is."""
    (folder / "model.bin").write_bytes(b"x")
    settings.SPEECH_MODEL = str(folder)
    fake = FakeModel()
    monkeypatch.setattr(speech, "find_spec", lambda _name: object())
    monkeypatch.setattr(speech, "_model", lambda: fake)
    monkeypatch.setattr(speech, "_sound", lambda asset: SimpleNamespace(duration=asset.duration))
    monkeypatch.setattr(speech, "_samples", lambda _sound, _start, seconds: seconds)
    return fake
