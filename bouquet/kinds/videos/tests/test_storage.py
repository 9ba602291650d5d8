"""What the operator says about the object store: `bouquet video storage` and the settings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bouquet.config.object_store import _object_store
from bouquet.kinds.videos.storage_command import storage
from bouquet.shared.assets.store.bucket import Bucket
from bouquet.shared.assets.tests.store.conftest import bucket, s3_server
from bouquet.shared.assets.tests.store.make import film, fresh
from bouquet.toolkit.tasks.testing import run_all_tasks

__all__ = ["bucket", "s3_server"]


def run(*words: str) -> Result:
    return CliRunner().invoke(storage, words)


@pytest.mark.django_db
def test_the_command_moves_a_library_there_checks_it_and_brings_it_back(bucket: Bucket, settings: Any) -> None:
    settings.OBJECT_STORE_AFTER_HOURS = -1
    asset = film()
    said = run().output
    assert "here            1 films" in said and "to move         0 films" in said
    assert "to move         1 films" in run("--there", "--dry-run").output
    run_all_tasks()
    assert fresh(asset).stored_at is None, "it was a dry run"
    run("--there")
    run_all_tasks()
    assert fresh(asset).stored_at and "there           1 films" in run().output
    assert "Everything that should be there" in run("--check").output
    bucket.delete(f"streams/{asset.uid}/master.m3u8")
    broken = run("--check")
    assert broken.exit_code == 1 and f"{asset.uid}  holiday.mp4: its master playlist" in broken.output
    bucket.put(f"streams/{asset.uid}/master.m3u8", b"#EXTM3U\n")
    run("--back")
    run_all_tasks()
    assert fresh(asset).stored_at is None and "there           0 films" in run().output


@pytest.mark.django_db
def test_what_cannot_be_is_said_in_a_sentence(bucket: Bucket, settings: Any) -> None:
    assert "AFTER_HOURS=-1" in run("--back").output
    assert "one at a time" in run("--back", "--there").output
    policy = json.loads(run("--policy").output)
    assert policy["Statement"][0]["Action"] == ["s3:GetObject"]
    settings.OBJECT_STORE = settings.OBJECT_STORE | {"bucket": "no-such-bucket"}
    assert "NoSuchBucket" in run("--there").output
    settings.OBJECT_STORE = {}
    assert "BOUQUET_OBJECT_STORE is not set" in run().output


@pytest.mark.parametrize(
    "address",
    ["films", "s3://films", "https://s3.example", "https://key:secret@s3.example/films", "https://s3.example/a?b"],
)
def test_an_address_that_names_no_bucket_is_refused_with_its_form(address: str) -> None:
    with pytest.raises(SystemExit, match="https://endpoint/bucket"):
        _object_store(address)


def test_an_address_has_an_endpoint_a_bucket_and_perhaps_a_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOUQUET_OBJECT_STORE_KEY", "key")
    found = _object_store("https://s3.example:9000/films/our/network/")
    assert (found["endpoint"], found["bucket"], found["prefix"]) == ("https://s3.example:9000", "films", "our/network/")
    assert (found["key_id"], found["region"]) == ("key", "us-east-1")
    assert _object_store("https://s3.example/films")["prefix"] == "" and _object_store("") == {}
