"""A picture of every main page: on a phone in Dutch, and at a desk in English.

python docs/make_pictures.py docs/pages.md docs/pictures

Services that really run, with made-up people in them, before Debian's Chromium. The walks: picture_walks.py.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent.parent))

from docs import picture_walks  # after the project's folder is known
from passport.texts import Language

PHONE, DESK = (390, 844), (1280, 844)
READERS = ((Language.NL, PHONE), (Language.EN, DESK))
_SCALE = 0.7
_HEAD = """# The main pages, in pictures

Made by `make pictures`, from services that really run, with made-up people and organisations: at the left on
a phone of 390 wide in Dutch, at the right at a desk of 1280 in English. {count} pages, each its first screen.
What is behind their looks: [design.md](design.md).
"""


@dataclass(slots=True)
class Album:
    """What was photographed: by group and page, a picture for each reader."""

    taken: dict[str, dict[str, list[bytes]]] = field(default_factory=dict)

    def shoot(self, group: str, page: Page, said: str, at: str = "") -> None:
        """The first screen of a page, or the one that begins `at` this; what unfolds is folded again."""
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = false")
        page.evaluate("(at) => { scrollTo(0, 0); if (at) document.querySelector(at).scrollIntoView(); }", at)
        shot = page.screenshot(animations="disabled", caret="hide")
        self.taken.setdefault(group, {}).setdefault(said, []).append(shot)


def beside(shots: list[bytes]) -> Image.Image:
    """The phone and the desk in one picture, a little smaller."""
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    pictures = [
        one.resize((int(one.width * _SCALE), int(one.height * _SCALE)), Image.Resampling.LANCZOS)
        for one in pictures
    ]
    gap = 16
    both = Image.new(
        "RGB", (sum(one.width + gap for one in pictures) + gap, pictures[0].height + 2 * gap), "#9aa3a3"
    )
    left = gap
    for one in pictures:
        both.paste(one, (left, gap))
        left += one.width + gap
    return both


def written(album: Album, folder: Path) -> str:
    """Keep the pictures, and give the page that has them all."""
    for old in folder.glob("*.webp"):
        old.unlink()
    lines, count = [], 0
    for group, heading in picture_walks.GROUPS.items():
        pages = album.taken[group]
        lines.append(f"\n## {heading}\n")
        for said, shots in pages.items():
            assert len(shots) == len(READERS), (group, said)
            count += 1
            words = re.findall(r"[a-z]+", said.partition(":")[0].lower())
            name = "-".join([group, *words]) + ".webp"
            assert not (folder / name).exists(), name
            beside(shots).save(folder / name, quality=72, method=6)
            lines.append(f"**{said}**\n\n![{said}]({folder.name}/{name})\n")
    return _HEAD.format(count=count) + "\n".join(lines)


def main(page: Path, folder: Path) -> None:
    album, walks = Album(), picture_walks
    every: tuple[Callable[..., None], ...] = (walks.phone, walks.town, walks.validation, walks.confirmation)
    with tempfile.TemporaryDirectory() as kept:
        for number, walk in enumerate(every):
            place = Path(kept) / str(number)
            place.mkdir()
            walk(place, READERS, album.shoot)
    folder.mkdir(exist_ok=True)
    page.write_text(written(album, folder), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
