"""A site with the app of the wallet, which changes to a newer version of it under its address."""

import base64
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from passport.web import WebSettings
from wallet.site.app import create


def digest_of(path: Path) -> str:
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


class Switching:
    """A site that changes to its next version under its address."""

    def __init__(self, *folders: Path) -> None:
        self.apps = [create(WebSettings("http://localhost"), phone=folder) for folder in folders]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.apps[0](scope, receive, send)


def newer_than(site: Path, folder: Path) -> Path:
    """The same app under a later version, and with another page about it."""
    newer = shutil.copytree(site, folder)
    version = json.loads((site / "files.json").read_bytes())["version"]
    (newer / "about.html").write_text("A newer app.", "utf-8")
    script = (site / "sw.js").read_text("utf-8").replace(version, "0" * 16)
    script = script.replace(digest_of(site / "about.html"), digest_of(newer / "about.html"))
    (newer / "sw.js").write_text(script, "utf-8")
    for changed in ("about.html", "sw.js"):
        for ending in ("br", "gz"):
            (newer / f"{changed}.{ending}").unlink()
    listed = json.loads((site / "files.json").read_bytes())
    listed["files"] |= {"sw.js": "another", "about.html": "another"}
    (newer / "files.json").write_text(json.dumps(listed), "utf-8")
    return newer
