"""A peer as a process of its own: a JSON object a line in, one out."""

import json
import shutil
import subprocess

from install import HERE, INSTALLED, PYTHON

NODE = "@digitalbazaar/vc"
NAMES = (NODE, "openvc-core", "openbadgeslib")


def command(name):
    if name == NODE:
        shutil.copy(HERE / "peer.mjs", INSTALLED)
        return ["node", INSTALLED / "peer.mjs"]
    return [PYTHON, HERE / "peer.py", name.removesuffix("-core")]


class Peer:
    def __init__(self, name, contexts):
        self.name = name
        self._process = subprocess.Popen(
            command(name), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.ask("contexts", documents=contexts)

    def ask(self, operation, **values):
        self._process.stdin.write(json.dumps({"operation": operation, **values}) + "\n")
        self._process.stdin.flush()
        found = json.loads(self._process.stdout.readline())
        if "failed" in found:
            raise RuntimeError(f"{self.name}: {found['failed']}")
        return found

    def close(self):
        self._process.stdin.close()
        self._process.wait()
