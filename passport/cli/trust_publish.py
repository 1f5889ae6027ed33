"""`passport trust diff` and `publish`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from passport.answers import Reason
from passport.cli.published import Version
from passport.cli.published import publish as publish_version
from passport.cli.sources import AllowLoopback, Offline, with_documents
from passport.cli.trust_classes import told
from passport.clock import utc_now
from passport.limits import PUBLISHED
from passport.terminal import SPOKEN, AsJson, File, InLanguage, console, emit, one_line, read_file
from passport.texts import Language, render_reason
from passport.trust import Recognised, parse_trust_list, verify_trust_list
from passport.trust.changes import compare_trust_lists
from passport.trust.recognition import by_word
from passport.verification import Context

_WORDS = frozenset({"words", "formerly"})
"""The values that are what somebody is recognised as."""


def diff(
    old: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The version before.")],
    new: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The version after.")],
    *,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say in plain words what a newer version changes: who came, ended, was revoked, gained or lost."""
    before, after = (parse_trust_list(read_file(path, PUBLISHED.size)) for path in (old, new))
    changes = compare_trust_lists(before, after)
    known = {**by_word(before.classes), **by_word(after.classes)}
    value = {
        "id": after.id,
        "old": before.version,
        "new": after.version,
        "changes": [
            {
                "code": each.code,
                "party": each.party,
                "values": dict(each.reason.values),
                "text": _told(each.reason, language, known),
            }
            for each in changes
        ],
    }

    def human() -> None:
        console.print(f"Version {before.version} → {after.version}")
        for each in changes:
            console.print(f"  {one_line(_told(each.reason, language, known))}")
        if not changes:
            console.print("  Nothing changed.")

    emit(value, as_json=as_json, show=human)


def publish(
    path: File,
    folder: Annotated[Path, typer.Argument(file_okay=False, help="The folder that a web server serves.")],
    *,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Put a signed list in a folder: every version kept, latest.json, and an index with digests.

    Refuses a lower version than the newest, and never overwrites one. The address of latest.json is what the
    list names as its own.
    """
    source = read_file(path, PUBLISHED.size)
    publisher = parse_trust_list(source).publisher
    verified = with_documents(
        lambda documents: verify_trust_list(
            source, context=Context(documents, utc_now()), expected_publishers=[publisher]
        ),
        offline=offline,
        allow_loopback=allow_loopback,
    )
    content = verified.content
    entry = publish_version(
        folder, Version(content.id, content.version, source, content.valid_from, content.valid_until)
    )
    emit(
        {"folder": str(folder), "id": content.id, **entry},
        as_json=as_json,
        show=lambda: console.print(
            f"Version {content.version} is in {folder}. Serve latest.json at {content.id}"
        ),
    )


def _told(reason: Reason, language: Language, known: Mapping[str, Recognised]) -> str:
    """The sentence, with what a party is recognised as in words of the language."""
    values = dict(reason.values)
    for name in _WORDS & values.keys():
        words = str(values[name]).split(", ")
        values[name] = ", ".join(told(known[one], language) if one in known else one for one in words)
    return render_reason(Reason(reason.code, values), language)
