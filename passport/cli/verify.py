"""`passport verify`: is this genuine, still in force, and how strong is it as evidence?"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from passport.certificate_chains import read_anchors
from passport.cli import inputs
from passport.cli.progress import progress
from passport.cli.sources import (
    AllowLoopback,
    Authorities,
    Hinting,
    Offline,
    Publisher,
    Trust,
    check_trust,
    open_link,
    with_documents,
)
from passport.cli.verdicts import Verdicts
from passport.cli.worker_choice import workers_for
from passport.clock import format_datetime, utc_now
from passport.documents import DocumentCache, Fetched
from passport.limits import TIME
from passport.outbound.shared import Linked
from passport.share_link.limits import SHARE_LINK
from passport.terminal import AsJson, read_file
from passport.trust import open_trust_lists
from passport.verification import Context
from passport.workers import Refused
from passport.workers.examination import Expected
from passport.workers.verifying import verify_many

Jobs = Annotated[
    int | None, typer.Option(min=1, help="Processes at once; by default all cores where there is much to do.")
]
AsLines = Annotated[bool, typer.Option("--jsonl", help="Print a line of JSON for each, as it is done.")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        callback=inputs.there,
        help="Files, folders, .jsonl with one on each line; - for standard input.",
    ),
]


def verify(
    files: Files = None,
    trust: Trust = None,
    publisher: Publisher = None,
    *,
    challenge: Annotated[
        str | None, typer.Option(help="The challenge that a presentation must answer.")
    ] = None,
    domain: Annotated[str | None, typer.Option(help="The domain that a presentation must be for.")] = None,
    authorities: Authorities = None,
    link: Annotated[
        str | None, typer.Option(help="A share link instead of files, whole; - reads it from standard input.")
    ] = None,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    jobs: Jobs = None,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Verify credentials and presentations: JSON, tokens, or pictures of QR codes; one or very many."""
    if (link is None) == (not files):
        raise typer.BadParameter("Name files, or a link with --link.")
    found = inputs.find(files or [])
    total = 1 if link else inputs.count(found)
    linked = open_link(link, allow_loopback=allow_loopback, offline=offline)
    lists, known = _trust_lists(trust, publisher, offline=offline, allow_loopback=allow_loopback)
    expected = Expected(
        utc_now(),
        challenge=challenge,
        domain=domain if linked is None else linked.link.url,
        trust=lists,
        publishers=tuple(publisher or ()),
        authorities=() if authorities is None else read_anchors(authorities),
        lifetime=TIME.presentation_lifetime if linked is None else SHARE_LINK.most_seconds,
    )
    source = None if offline else Hinting(allow_loopback=allow_loopback)
    verdicts = Verdicts(many=total is None or total > 1, keep=as_json)
    labels: deque[str] = deque()

    async def run() -> None:
        with workers_for(jobs, total) as workers, progress("Verifying", total) as advance:
            outcomes = verify_many(
                _labelled(found, labels, linked), pool=workers, expected=expected, source=source, known=known
            )
            async for report in _reports(outcomes, labels, linked):
                advance()
                verdicts.add(report, show=not (as_json or as_lines))
                if as_lines:
                    typer.echo(json.dumps(report, ensure_ascii=False))

    asyncio.run(run())
    if source is not None:
        source.hint()
    if not verdicts.counted:
        raise inputs.NothingGiven
    verdicts.end(as_json=as_json, as_lines=as_lines)
    if not verdicts.all_good:
        raise typer.Exit(1)


def _labelled(files: Sequence[Path], labels: deque[str], linked: Linked | None) -> Iterator[bytes | Refused]:
    """The documents, while their names wait in `labels` until the outcomes come, in the same order."""
    if linked is not None:
        labels.append(linked.link.url)
        yield linked.source
    for each in inputs.read(files):
        labels.append(each.label)
        yield each.source


async def _reports(
    outcomes: AsyncIterator[Any], labels: deque[str], linked: Linked | None
) -> AsyncIterator[dict[str, Any]]:
    async for outcome in outcomes:
        name: dict[str, Any] = {"file": labels.popleft()}
        if linked is not None:
            name["link"] = {"host": linked.link.host, "until": format_datetime(linked.until)}
        if isinstance(outcome, Refused):
            error = outcome.error
            answer = "cannot-tell" if outcome.undecided else "no"
            yield {**name, "answer": answer, "error": {"code": error.code, "message": str(error)}}
        else:
            yield {**name, **outcome}


def _trust_lists(
    lists: Sequence[Path] | None, publishers: Sequence[str] | None, *, offline: bool, allow_loopback: bool
) -> tuple[tuple[bytes, ...], list[Fetched]]:
    """The trust lists as they are, verified once here, and what was fetched for that."""
    from passport.limits import PUBLISHED

    check_trust(lists, publishers)
    cache = DocumentCache()
    sources = tuple(read_file(path, PUBLISHED.size) for path in lists or ())
    with_documents(
        lambda documents: open_trust_lists(
            sources, context=Context(documents, utc_now()), expected_publishers=publishers or ()
        ),
        offline=offline,
        allow_loopback=allow_loopback,
        cache=cache,
    )
    return sources, list(cache.at_hand.values())
