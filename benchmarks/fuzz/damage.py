"""What a build left on the disk, changed behind its back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from benchmarks.fuzz.feeding import Target, Targets, hold, scratch_folder
from benchmarks.fuzz.sample import DATA
from benchmarks.kill import everything
from indexer import OnRecordError
from indexer.build import Shard, annotate_shard, build
from indexer.build.plan import Silence

LATER = '---\ntitle: Later\n---\n<p>"It is late," said Ruth Adeyemi, the mayor.</p>\n'


class Damage:
    """Bytes of ledger, annotations or manifest changed on the disk: the next build says so or answers as it should.
    The first byte says which file; then three for a place and one that is written there."""

    def __init__(self) -> None:
        home = self.home = scratch_folder()
        (home / "data").mkdir()
        for path in sorted(DATA.glob("*/*.md"))[:120:30]:
            shutil.copy(path, home / "data" / path.name)
        annotate_shard(home / "data", home / "annotations", Shard(), 1, Silence())
        build(home / "data", home / "built", jobs=1)
        self.right = everything(home / "built")

    def __call__(self, data: bytes) -> None:
        home, index = self.home, self.home / "index"
        which = data[0] % 3 if data else 0
        damaged = self._copied(which)
        content = bytearray(damaged.read_bytes())
        for at in range(1, len(data) - 3, 4):
            content[int.from_bytes(data[at:at + 3], "big") % len(content)] = data[at + 3]
        damaged.write_bytes(content)
        later = home / "data" / "later.md"
        later.write_text(LATER)
        try:
            build(home / "data", index, jobs=1, annotations=home / "taken" if which == 1 else None)
        except OnRecordError:
            return
        finally:
            later.unlink()
        try:
            build(home / "data", index, jobs=1)
        except OnRecordError:
            return
        hold(everything(index) == self.right, f"damaged {damaged.name} gives no wrong answer")

    def _copied(self, which: int) -> Path:
        """A copy of what was built, and the file of it that is to be damaged."""
        home, index = self.home, self.home / "index"
        shutil.rmtree(index, ignore_errors=True)
        shutil.rmtree(home / "taken", ignore_errors=True)
        shutil.copytree(home / "annotations", home / "taken")
        if which != 1:
            shutil.copytree(home / "built", index)
        return (index / "ledger.sqlite", next((home / "taken").iterdir()), *index.glob("builds/*/manifest"))[which]


TARGETS: Targets = {
    "damage": lambda: Target(Damage(), [b"\0\0\1\2\3", b"\1\0\1\2\3", b"\2\0\1\2\3"], [os.urandom(4)]),
}
