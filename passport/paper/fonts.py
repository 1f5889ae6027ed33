"""The letters that are printed: Fira Sans, and others for what it lacks. All under the SIL Open Font License.

Fira Sans has Latin, Greek and Cyrillic; Noto Sans adds Devanagari, Noto Sans Arabic Arabic. For other scripts
(Chinese, Hebrew, Thai) the host's own fonts are used, or those that PASSPORT_FONTS names: files or folders.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont, TTLibError

MAIN: Final = "Main"
SETTING: Final = "PASSPORT_FONTS"
_STYLES = {"": "FiraSans-Regular.ttf", "B": "FiraSans-SemiBold.ttf", "I": "FiraSans-Italic.ttf"}
_BESIDE = (
    ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
)
_HOST = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/msyh.ttc",
)
_ENDINGS = frozenset({".ttf", ".otf", ".ttc"})
_MOST = 64


@dataclass(frozen=True, slots=True)
class Fonts:
    """Files of fonts for one document: the family that everything is set in, and those to fall back on."""

    main: dict[str, Path]
    """By style: regular, bold, italic."""
    beside: tuple[Path, ...]
    unknown: frozenset[int]
    """Letters that are in none of them."""


def fonts_for(text: str) -> Fonts:
    """The fonts for a text: others than the main family only where it needs them."""
    wanted = {ord(letter) for letter in text if not letter.isspace()} - letters_of(main_font(""))
    beside: list[Path] = []
    for path in _others() if wanted else ():
        found = wanted & letters_of(path)
        if found:
            beside.append(path)
            wanted -= found
        if not wanted:
            break
    return Fonts({style: main_font(style) for style in _STYLES}, tuple(beside), frozenset(wanted))


def main_font(style: str) -> Path:
    return _packaged("fontpkg_fira_sans", _STYLES[style])


def _packaged(package: str, name: str) -> Path:
    return Path(str(files(package) / "files" / name))


def _others() -> Iterator[Path]:
    for package, name in _BESIDE:
        yield _packaged(package, name)
    named = [Path(each) for each in os.environ.get(SETTING, "").split(os.pathsep) if each]
    for path in (*named, *(Path(each) for each in _HOST)):
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.suffix.lower() in _ENDINGS)[:_MOST]
        elif path.is_file():
            yield path


@cache
def letters_of(path: Path) -> frozenset[int]:
    try:
        with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError):
        return frozenset()  # a file of the host that is no font that can be read
