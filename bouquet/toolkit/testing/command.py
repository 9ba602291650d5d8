"""The `bouquet` command, started once: what a test asks of it are forks, which spares the seconds of every start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

WAITS = """
import json, os, sys
from bouquet.config.cli import main
from bouquet.config.serve import die_with_parent
die_with_parent(int(sys.argv[1]))
main.list_commands(None)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        out, empty = os.open(order["said"], os.O_WRONLY | os.O_CREAT), os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, 0), os.dup2(out, 1), os.dup2(out, 2)
        sys.argv = ["bouquet", *order["words"]]
        try:
            main(order["words"], prog_name="bouquet")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            import traceback
            traceback.print_exc()
            code = 1
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass
class StartedCommand:
    """`run("site", "add", …)`: its exit code and all it printed, in this environment."""

    environment: dict[str, str]
    process: subprocess.Popen[str] | None = None
    began_with: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> tuple[int, str]:
        process = self._process()
        assert process.stdin and process.stdout
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder, "said")
            process.stdin.write(json.dumps({"words": words, "said": str(said)}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            assert answer, "the command that had been started is gone"
            return int(answer), said.read_text()

    def end(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(timeout=10)
            self.process = None

    def _process(self) -> subprocess.Popen[str]:
        """Settings are read at the start: another environment wants another start."""
        if self.process and self.began_with != self.environment:
            self.end()
        if not self.process:
            self.began_with = dict(self.environment)
            command = [sys.executable, "-c", WAITS, str(os.getpid())]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.process = subprocess.Popen(command, env=self.environment, text=True, **pipes)  # type: ignore[call-overload]
        return self.process
