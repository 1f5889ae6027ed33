"""The page and the note that go with the readable copy: they need no wallet, no network and no other file."""

from passport.texts import Language
from wallet.core.leaving.contents import Contents
from wallet.views.rendering import Renderer

_NOTE = (
    "copy-what",
    "copy-credentials",
    "copy-confirmations",
    "copy-evidence",
    "copy-requests",
    "copy-journal",
    "copy-profile",
    "copy-lists",
    "copy-other",
    "copy-secret",
    "copy-elsewhere",
    "copy-open",
)


def with_pages(renderer: Renderer, language: Language, contents: Contents) -> dict[str, bytes]:
    """All files of the copy: `index.html` lists every one, `README.txt` says what each kind is."""
    page = renderer.page("leaving-copy.html", language, contents=contents, notes=_NOTE).html
    lines = [renderer.say("copy-title", language), ""]
    for code in _NOTE:
        lines += [renderer.say(code, language), ""]
    return {
        "index.html": page.encode("utf-8"),
        "README.txt": "\r\n".join(lines).encode("utf-8"),
        **contents.files,
    }
