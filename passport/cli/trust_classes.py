"""A registrar's own classes from a file, and how they are shown to who makes a list."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from passport.errors.trust import MalformedClass, MalformedTrustList
from passport.json import JsonObject, parse_json
from passport.limits import PUBLISHED
from passport.statements import Members
from passport.terminal import read_file
from passport.texts import Language, shared
from passport.trust import Recognised, RecognitionClass, counted, in_order
from passport.trust.classes import read_classes as read_members

CLASS_COLUMNS = ("id", "counts_as", "name_en", "name_nl")


def read_classes(path: Path) -> tuple[RecognitionClass, ...]:
    """Read a CSV, or JSON as a trust list has it.

    Raises:
        MalformedClass, ShadowingClass, AmbiguousClass, TooManyClasses: as a list with them would be refused.
    """
    data = read_file(path, PUBLISHED.size)
    listed = parse_json(data, PUBLISHED) if data.lstrip()[:1] in {b"[", b"{"} else _from_csv(data)
    document = listed if isinstance(listed, dict) else {"classes": listed}
    if "classes" not in document:
        raise MalformedClass
    return classes_of(document)


def classes_of(document: JsonObject) -> tuple[RecognitionClass, ...]:
    """The classes in a list, or in a file of entries; raises as `read_classes`."""
    members = Members(document, MalformedTrustList)
    return read_members(members)


def _from_csv(data: bytes) -> list[JsonObject]:
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        if not set(CLASS_COLUMNS[:2]) <= set(reader.fieldnames or ()) <= set(CLASS_COLUMNS):
            raise MalformedClass
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise MalformedClass from None
    if any(None in row or None in row.values() for row in rows):
        raise MalformedClass
    return [_row(row) for row in rows]


def _row(row: Mapping[str, str]) -> JsonObject:
    names = {language: row.get(f"name_{language}", "").strip() for language in Language}
    return {
        "id": row["id"].strip(),
        "countsAs": row["counts_as"].strip(),
        "name": {str(language): name for language, name in names.items() if name},
    }


def told(recognised: Recognised, language: Language) -> str:
    """What somebody is recognised as, in words; of a class its name and what it counts as."""
    word = shared().say(f"recognised_as.{counted(recognised)}", language)
    if not isinstance(recognised, RecognitionClass):
        return word
    name = recognised.name.get(language) or next(iter(recognised.name.values()))
    return shared().say("trust_words.class", language, {"class": name, "word": word})


def shown(recognised: Iterable[Recognised]) -> str:
    """As a list writes it, for who makes one: the words, and each class with the word that it counts as."""
    return ", ".join(
        f"{each.id} (counts as {each.counts_as})" if isinstance(each, RecognitionClass) else str(each)
        for each in in_order(recognised)
    )
