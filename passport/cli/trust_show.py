"""`passport trust show` and `check`: who is on a list, and what on it counts for nothing."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from passport.cli.sources import AllowLoopback, Offline, Publisher, check_trust, with_documents
from passport.cli.trust_classes import shown, told
from passport.clock import format_datetime, utc_now
from passport.limits import PUBLISHED
from passport.terminal import AsJson, File, console, emit, one_line, read_file
from passport.texts import Language
from passport.trust import (
    TrustEntry,
    TrustStore,
    VerifiedTrustList,
    open_trust_lists,
    parse_trust_list,
    verify_trust_list,
)
from passport.verification import Context


def show(
    path: File,
    publisher: Publisher = None,
    *,
    under: Annotated[
        list[Path] | None,
        typer.Option(
            "--under", exists=True, dir_okay=False, help="A list that lets this one's publisher recognise."
        ),
    ] = None,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Verify a trust list and show who is on it."""
    check_trust([path], publisher)
    sources = [read_file(each, PUBLISHED.size) for each in (path, *(under or ()))]
    store = with_documents(
        lambda documents: open_trust_lists(
            sources, context=Context(documents, utc_now()), expected_publishers=publisher or ()
        ),
        offline=offline,
        allow_loopback=allow_loopback,
    )
    [found] = [each for each in store.lists if each.source == sources[0]]
    content, now = found.content, utc_now()

    def human() -> None:
        _head(found, now)
        for each in content.classes:
            console.print(f"Class {each.id}: {one_line(told(each, Language.EN))}")
        table = Table("who", "recognised as", "DID", box=None)
        for entry in content.entries:
            table.add_row(one_line(entry.name), _about(entry), entry.id)
        console.print(table)

    emit({"list": content.document, "fresh": found.fresh(now)}, as_json=as_json, show=human)


def check(
    path: File,
    publisher: Publisher = None,
    *,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Check a list before it is published: the signature, the dates, and which entries count for nothing.

    Without --publisher it is checked as the list of whoever it says it is from.
    """
    source = read_file(path, PUBLISHED.size)
    expected = publisher or [parse_trust_list(source).publisher]
    found = with_documents(
        lambda documents: verify_trust_list(
            source, context=Context(documents, utc_now()), expected_publishers=expected
        ),
        offline=offline,
        allow_loopback=allow_loopback,
    )
    now = utc_now()
    problems = list(_problems(found, now))
    value = {
        "id": found.content.id,
        "version": found.content.version,
        "publisher": found.content.publisher,
        "entries": len(found.content.entries),
        "delegations": len(found.content.delegations),
        "classes": len(found.content.classes),
        "fresh": found.fresh(now),
        "problems": problems,
    }

    def human() -> None:
        _head(found, now)
        for each in problems:
            console.print(f"  {one_line(each['name'])}: {each['text']}")
        console.print("The list can be published." if not problems else f"{len(problems)} to look at.")

    emit(value, as_json=as_json, show=human)
    if problems or not found.fresh(now):
        raise typer.Exit(1)


def _problems(found: VerifiedTrustList, now: datetime) -> Iterator[dict[str, Any]]:
    """Entries that will count for nothing when the list is used by itself, and why."""
    store = TrustStore([found])
    counting = {id(each.entry) for each in store.standings(now)}
    delegating = {each.entry.id for each in store.delegations}
    if found.content.revoked is not None:
        yield {"code": "list_revoked", "name": found.content.publisher_name, "text": _REVOKED_LIST}
        return
    for entry in found.content.entries:
        about = {"party": entry.id, "name": entry.name}
        if entry.may_recognise and entry.id not in delegating:
            yield {**about, "code": "delegates_to_itself", "text": _ITSELF}
        elif entry.recognised_as and id(entry) not in counting:
            if entry.in_force(now):
                yield {**about, "code": "recognises_itself", "text": _ITSELF}
            elif entry.revoked is None:
                yield {**about, "code": "not_in_force", "text": _NOT_IN_FORCE}


_ITSELF = "counts for nothing, because it is the publisher itself, or another name of it. Leave it out."
_NOT_IN_FORCE = "counts for nothing today: its dates are past or still to come."
_REVOKED_LIST = "the whole list is revoked: nothing on it counts."


def _head(found: VerifiedTrustList, now: datetime) -> None:
    content = found.content
    console.print(f"{one_line(content.publisher_name)}, version {content.version}")
    console.print(
        f"{found.age_days(now)} days old, {'in force' if found.fresh(now) else 'past its date'} "
        f"(until {format_datetime(content.valid_until)})"
    )
    if content.revoked is not None:
        console.print(
            f"Revoked from {format_datetime(content.revoked.at)}: {one_line(content.revoked.reason)}"
        )


def _about(entry: TrustEntry) -> str:
    """What a party is recognised as, and what it may do beside that."""
    parts = [shown(entry.recognised_as)]
    if entry.may_recognise:
        parts.append(f"may recognise {shown(entry.may_recognise)}")
    if entry.revoked is not None:
        parts.append(f"revoked {format_datetime(entry.revoked.at)[:10]}: {one_line(entry.revoked.reason)}")
    return "; ".join(part for part in parts if part)
