"""`passport publish`: a folder of sets that any web server serves and every wallet fetches whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from matching.published.documents import verify_document
from matching.published.index import INDEX, File, Index, PublishedSet, SetKind, read_index
from matching.published.limits import INDEX_JSON, PUBLISHED_SETS
from matching.published.making import MOST_KEPT, open_delta, open_set, plan_sets
from matching.published.packing import read_content, unpack
from passport.cli.publish_inputs import documents_in, gather_documents, shipped_taxonomy, taxonomy_in
from passport.cli.published_sets import index_in, read_published, write_plan
from passport.cli.sources import AllowLoopback, Publisher
from passport.clock import format_datetime, parse_datetime, utc_now
from passport.dids.did_key import create_did_key
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.errors.documents import NotFetched
from passport.key_files import load_key_file
from passport.terminal import AsJson, console, emit, one_line, read_file
from passport.verification import Context

app = typer.Typer(no_args_is_help=True)
_FILE_TYPES = frozenset({"application/octet-stream"})


@app.command()
def make(
    out: Annotated[Path, typer.Argument(file_okay=False, help="The folder that a web server serves.")],
    *,
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="Key of the publisher.")],
    name: Annotated[str, typer.Option(help="Name of the publisher, for people.")],
    taxonomy: Annotated[
        bool, typer.Option("--taxonomy", help="The list of occupations of this program.")
    ] = False,
    taxonomy_bundle: Annotated[
        Path | None,
        typer.Option(
            exists=True, file_okay=False, help="A list of occupations, as `taxonomy build` writes it."
        ),
    ] = None,
    profiles: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Folder of function profiles.")
    ] = None,
    catalogues: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Folder of catalogues of modules.")
    ] = None,
    market: Annotated[
        list[Path] | None, typer.Option(exists=True, dir_okay=False, help="Labour-market data; repeatable.")
    ] = None,
    keep: Annotated[int, typer.Option(min=1, max=MOST_KEPT, help="Earlier versions that stay.")] = 3,
    least: Annotated[
        int, typer.Option("--version", min=1, help="At least this version, for a folder that was lost.")
    ] = 1,
    created: Annotated[str, typer.Option(help="Moment of signing; now.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make the folder, or its next version. Without a change nothing is written."""
    signer, now = load_key_file(key), parse_datetime(created) if created else utc_now()
    sources = {
        SetKind.TAXONOMY: [
            *([shipped_taxonomy()] if taxonomy else []),
            *([] if taxonomy_bundle is None else [taxonomy_in(taxonomy_bundle)]),
        ],
        SetKind.PROFILES: [] if profiles is None else documents_in(profiles),
        SetKind.CATALOGUES: [] if catalogues is None else documents_in(catalogues),
        SetKind.MARKET: [read_file(path, PUBLISHED_SETS.content) for path in market or ()],
    }
    gathered = {kind: gather_documents(kind, found, now) for kind, found in sources.items()}
    before = index_in(out, signer, now)
    plan = plan_sets(
        {kind: found.documents for kind, found in gathered.items()},
        publisher=create_did_key(signer.public_key),
        publisher_name=name,
        created=now,
        before=before,
        read=lambda file: read_published(out, file),
        keep=keep,
    )
    if plan.changed and plan.index.version < least:
        plan = replace(plan, index=replace(plan.index, version=least))
    write_plan(out, plan, before, signer)
    dropped = {str(kind): dict(found.dropped) for kind, found in gathered.items() if found.dropped}
    unchecked = sum(found.unchecked for found in gathered.values())
    value = {"changed": plan.changed, **_index_json(plan.index), "dropped": dropped, "unchecked": unchecked}

    def show() -> None:
        _show(plan.index)
        for kind, counts in dropped.items():
            for code, count in counts.items():
                console.print(f"Left out of {kind}, {code}: {count}")
        if unchecked:
            console.print(f"Taken unchecked, for the publisher's key is elsewhere: {unchecked}")
        if not plan.changed:
            console.print("Nothing changed.")

    emit(value, as_json=as_json, show=show)


@app.command()
def check(
    where: Annotated[str, typer.Argument(help="The folder, or the address of its index.")],
    publisher: Publisher = None,
    *,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Verify the index, its files, each delta and each document. Ends with 1 unless all hold."""
    now = utc_now()
    if where.startswith(("https://", "http://")):
        source, read = _from_web(where, allow_loopback=allow_loopback)
    else:
        folder = Path(where)
        source = read_file(folder / INDEX, INDEX_JSON.size)

        def read(file: File) -> bytes:
            return read_published(folder, file)

    index = read_index(source, now=now, publishers=publisher)
    found = {one.name: _check_set(one, read, now) for one in index.sets}
    value = {**_index_json(index), "findings": found}

    def show() -> None:
        _show(index)
        for name, codes in found.items():
            for code in codes:
                console.print(f"✘ {name}: {code}")

    emit(value, as_json=as_json, show=show)
    if any(set(codes) - {NotFetched.code} for codes in found.values()):
        raise typer.Exit(1)


def _check_set(one: PublishedSet, read: Callable[[File], bytes], now: datetime) -> list[str]:
    """What does not hold of one set, by the codes of the rules."""
    codes: set[str] = set()
    try:
        content = open_set(one, read(one.file))
        for each in one.earlier:
            older = unpack(
                read(each.file), size=each.file.size, digest=each.file.digest, most=each.content_size
            )
            if each.delta is not None:
                open_delta(one, each, read(each.delta), older)
        documents = read_content(content)
    except PassportError as error:
        return [error.code]
    for document in documents:
        try:
            verify_document(one.kind, document, Context(DocumentCache(), now))
        except PassportError as error:
            codes.add(error.code)
    return sorted(codes)


def _from_web(where: str, *, allow_loopback: bool) -> tuple[bytes, Callable[[File], bytes]]:
    import asyncio

    from passport.fetch import JSON_TYPES, Fetcher

    beside = where.removesuffix(INDEX).rstrip("/")
    fetcher = Fetcher(allow_loopback=allow_loopback)
    source = asyncio.run(fetcher.get(f"{beside}/{INDEX}", JSON_TYPES)).body
    return source, lambda file: asyncio.run(fetcher.get(f"{beside}/{file.place}", _FILE_TYPES)).body


def _index_json(index: Index) -> dict[str, Any]:
    return {
        "version": index.version,
        "publisher": {"id": index.publisher, "name": index.publisher_name},
        "created": format_datetime(index.created),
        "sets": [
            {
                "name": one.name,
                "kind": str(one.kind),
                "documents": one.documents,
                "size": one.file.size,
                "deltas": [each.delta.size for each in one.earlier if each.delta is not None],
            }
            for one in index.sets
        ],
    }


def _show(index: Index) -> None:
    console.print(f"{one_line(index.publisher_name)} ({index.publisher})")
    console.print(f"Version {index.version}, {format_datetime(index.created)[:10]}")
    for one in index.sets:
        deltas = [str(each.delta.size) for each in one.earlier if each.delta is not None]
        more = f", deltas {', '.join(deltas)}" if deltas else ""
        console.print(f"{one.name}: {one.documents} documents, {one.file.size} bytes{more}")
