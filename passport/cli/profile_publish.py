"""`passport profile check`, `lint` and `publish`: before anybody is asked to meet it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from passport.cli.profile_bundle import add_to_bundle, bundle_documents
from passport.cli.published import Version
from passport.cli.sources import AllowLoopback, Offline, Publisher, Trust, read_trust, with_documents
from passport.clock import format_datetime, utc_now
from passport.documents import DocumentCache
from passport.errors import NotAllowed
from passport.evidence import FunctionProfile, parse_function_profile, verify_function_profile
from passport.evidence.bundle import Bundled, read_bundle
from passport.evidence.lint import Finding, Severity, lint, worst
from passport.terminal import SPOKEN, AsJson, File, InLanguage, console, emit, one_line, read_file
from passport.texts import Language, render_reason
from passport.verification import Context

_MARKS = {Severity.ERROR: "✘", Severity.WARNING: "!", Severity.HINT: "·"}
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class ProfileHasErrors(NotAllowed):
    code = "profile_has_errors"
    sentence = (
        "Nobody can meet this profile as it is. See: passport profile lint. To publish it still: --anyway."
    )


def lint_command(
    path: File,
    trust: Trust = None,
    publisher: Publisher = None,
    *,
    language: InLanguage = SPOKEN,
    no_taxonomy: Annotated[
        bool, typer.Option("--no-taxonomy", help="Don't compare with the skills of the occupation.")
    ] = False,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Say what nobody can meet, whom it keeps out, and what it asks too much. Ends with 1 for errors.

    With --trust it also looks whether somebody is recognised who could give the proof.
    """
    profile = parse_function_profile(read_file(path))
    store = read_trust(trust, publisher, offline=offline, allow_loopback=allow_loopback) if trust else None
    labels = skills = None
    if not no_taxonomy:
        from matching.asked import labels_in, occupation_skills

        skills = occupation_skills(profile.occupation, profile.taxonomy)
        labels = labels_in(profile.taxonomy)
    found = lint(profile, now=utc_now(), trust=store, occupation_skills=skills, labels=labels)
    value = {"id": profile.id, "version": profile.version, "findings": findings_json(found)}

    def human() -> None:
        for each in found:
            console.print(f"{_MARKS[each.severity]} {one_line(render_reason(each.reason, language))}")
        counts = [f"{level}s: {sum(each.severity is level for each in found)}" for level in Severity]
        console.print(", ".join(counts) if found else "Nothing to mend.")

    emit(value, as_json=as_json, show=human)
    if worst(found) is Severity.ERROR:
        raise typer.Exit(1)


def findings_json(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings for programs, with the sentence in both languages."""
    return [
        {
            "code": each.code,
            "severity": str(each.severity),
            "skill": each.skill,
            "values": dict(each.reason.values),
            "text": {str(language): render_reason(each.reason, language) for language in Language},
        }
        for each in found
    ]


def check(
    where: Annotated[str, typer.Argument(help="A profile, a folder of profiles, or an index's address.")],
    publisher: Publisher = None,
    *,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Verify a profile, or every profile of a published folder. Ends with 1 unless all are in order."""
    if not where.startswith(("https://", "http://")) and Path(where).is_file():
        source = read_file(Path(where))
        profile = with_documents(
            lambda documents: verify_function_profile(
                source, context=Context(documents, utc_now()), expected_publishers=publisher
            ),
            offline=offline,
            allow_loopback=allow_loopback,
        )
        emit(_profile_json(profile), as_json=as_json, show=lambda: _show(profile))
        return
    address, cache = bundle_documents(where)
    found = with_documents(
        lambda documents: read_bundle(
            address, context=Context(documents, utc_now()), expected_publishers=publisher
        ),
        offline=offline,
        allow_loopback=allow_loopback,
        cache=cache,
    )
    emit([_bundled_json(each) for each in found], as_json=as_json, show=lambda: _show_all(found))
    if any(each.profile is None for each in found):
        raise typer.Exit(1)


def publish(
    path: File,
    folder: Annotated[Path, typer.Argument(file_okay=False, help="The folder that a web server serves.")],
    name: Annotated[str, typer.Option("--as", help="The profile's own folder: a-z, 0-9 and hyphens.")],
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Publish a profile with errors all the same.")
    ] = False,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Put a signed profile in a folder of profiles: every version kept, and one index with digests."""
    if not _SLUG.fullmatch(name):
        raise typer.BadParameter("Use a-z, 0-9 and hyphens for --as.")
    source = read_file(path)
    profile = with_documents(
        lambda documents: verify_function_profile(source, context=Context(documents, utc_now())),
        offline=offline,
        allow_loopback=allow_loopback,
        cache=DocumentCache(),
    )
    if worst(lint(profile, now=utc_now())) is Severity.ERROR and not anyway:
        raise ProfileHasErrors
    entry = add_to_bundle(
        folder,
        name,
        Version(profile.id, profile.version, source, profile.valid_from, profile.valid_until),
        profile,
    )
    emit(
        {"folder": str(folder), **entry},
        as_json=as_json,
        show=lambda: console.print(f"Version {profile.version} is in {folder / name}."),
    )


def _profile_json(profile: FunctionProfile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "version": profile.version,
        "name": dict(profile.name),
        "publisher": {"id": profile.publisher, "name": profile.publisher_name},
        "purpose": str(profile.purpose),
        "demands": len(profile.demands),
        "validUntil": format_datetime(profile.valid_until),
    }


def _bundled_json(each: Bundled) -> dict[str, Any]:
    if each.profile is not None:
        return {"file": each.item.file, **_profile_json(each.profile)}
    assert each.error is not None
    return {
        "file": each.item.file,
        "id": each.item.id,
        "error": {"code": each.error.code, "message": str(each.error)},
    }


def _show(profile: FunctionProfile) -> None:
    name = profile.name.get("en") or next(iter(profile.name.values()))
    until = format_datetime(profile.valid_until)[:10]
    console.print(
        f"{one_line(name)}, version {profile.version}, by {one_line(profile.publisher_name)}: "
        f"{len(profile.demands)} skills, until {until}"
    )


def _show_all(found: Sequence[Bundled]) -> None:
    for each in found:
        if each.profile is not None:
            _show(each.profile)
        else:
            console.print(f"✘ {each.item.file}: {each.error}")
