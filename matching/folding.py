"""One spelling for searching: without case, accents, look-alike letters and compatibility forms."""

import re
import unicodedata

_CYRILLIC = dict(zip("авеіјкмнорсѕтухһԁԛԝ", "abeijkmhopcstyxhdqw", strict=True))
_GREEK = dict(zip("αβεικνορτυχ", "abeiknoptux", strict=True))
_LATIN = {"\u0131": "i", "\u0261": "g", "\u0251": "a", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
_LOOK_ALIKES = str.maketrans(_CYRILLIC | _GREEK | _LATIN)
"""Letters that look like a Latin one (Unicode TS 39, confusables): nobody can tell them apart on a screen."""
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+[+#]*")


def fold(text: str) -> str:
    """The text in its one spelling. Lines and tabs stay where they are."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _IGNORED.sub("", plain).translate(_LOOK_ALIKES)


def words(folded: str) -> list[str]:
    """The words of a folded text; C++ and C# are words."""
    return _WORD.findall(folded)
