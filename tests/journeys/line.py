"""A line between the browser and the server that can be slow, and be cut: what Chromium's own "offline" does not do to
a request that is on its way."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading


class Line:
    """A TCP relay on a port of its own. Cut, it drops what is under way and answers nobody."""

    def __init__(self, port: int) -> None:
        self.upload_bytes_a_second: float | None = None
        self.download_bytes_a_second: float | None = None  # of all connections together, as a real line
        self.carried = 0
        self.cuts = 0
        self._target = port
        self._is_cut = False
        self._free_at = 0.0  # when what was already let through would have come down the line
        self._under_way: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)

    def cut(self) -> None:
        self._is_cut = True
        self._loop.call_soon_threadsafe(self._drop)

    def mend(self) -> None:
        self._is_cut = False

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)  # or the kernel takes in megabytes at once
        door.bind(("127.0.0.1", 0))
        self.port = door.getsockname()[1]
        self._loop.run_until_complete(asyncio.start_server(self._meet, sock=door, limit=64 * 1024))
        started.set()
        self._loop.run_forever()

    def _drop(self) -> None:
        self.cuts += len(self._under_way) > 0
        for writer in self._under_way:
            writer.transport.abort()
        self._under_way.clear()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._under_way |= {writer, up_writer}
        await asyncio.gather(self._carry(reader, up_writer, slowly=True), self._carry(up_reader, writer))
        self._under_way -= {writer, up_writer}

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, slowly: bool = False) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(16 * 1024):
                if slowly:
                    self.carried += len(piece)
                    if self.upload_bytes_a_second:
                        await asyncio.sleep(len(piece) / self.upload_bytes_a_second)
                elif self.download_bytes_a_second:
                    self._free_at = max(self._free_at, self._loop.time()) + len(piece) / self.download_bytes_a_second
                    await asyncio.sleep(self._free_at - self._loop.time())
                writer.write(piece)
                await writer.drain()
            writer.write_eof()
