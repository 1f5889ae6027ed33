"""`passport bench`: how fast proofs are made and checked here, beside the limit of this machine."""

import platform
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.progress import track
from rich.table import Table

from passport.cli.processes import two_processes_against_one
from passport.cli.proof_operations import ISSUER, proof_operations, sign_all, summary
from passport.cli.rates import ROUNDS, Spread, measure
from passport.credentials.build import achievement_credential
from passport.json import JsonObject, dump
from passport.terminal import AsJson, console, emit, errors

BADGES = 16
"""Badges of one kind with their own ids: enough that nothing is measured twice on the same document."""
_MANY = 256
"""Enough badges to keep two processes busy; in a run of less than a second a quarter of them."""


def bench(
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to measure, about.")] = 10.0,
    *,
    processes: Annotated[bool, typer.Option(help="Also compare two processes with one.")] = True,
    as_json: AsJson = False,
) -> None:
    """Measure securing and verifying of a realistic badge, as a share of what the signature alone needs."""
    badges = [realistic_badge(number) for number in range(BADGES)]
    lines = summary(measure(proof_operations(badges), seconds=seconds, rounds=rounds()))
    ratio = two_processes_against_one(many_signed(seconds), seconds=seconds / 4) if processes else None
    emit(
        {
            "python": platform.python_version(),
            "badgeBytes": len(dump(badges[0])),
            "rounds": ROUNDS,
            "operations": [plain(line) for line in lines],
            "twoProcessesAgainstOne": None if ratio is None else asdict(ratio),
        },
        as_json=as_json,
        show=lambda: show(f"a badge of {len(dump(badges[0]))} bytes", lines, ratio),
    )


def many_signed(seconds: float) -> list[bytes]:
    """Badges for the comparison of one process with two, as many as fit the time."""
    return sign_all([realistic_badge(number) for number in range(_MANY if seconds >= 1 else _MANY // 4)])


def realistic_badge(number: int) -> JsonObject:
    """An unsigned badge as a school issues them: skill, result, bound evidence, a place in a status list."""
    school = "https://school.example"
    credential_id = f"urn:uuid:{uuid.UUID(int=number)}"
    return achievement_credential(
        credential_id=credential_id,
        issuer={
            "id": ISSUER,
            "name": "Example school for technology",
            "url": school,
            "email": "registrar@school.example",
            "image": {"id": f"{school}/logo.png", "type": "Image", "caption": "The school's logo"},
        },
        subject_id=ISSUER,
        achievement={
            "id": f"{school}/achievements/robot-programming",
            "achievementType": "Competency",
            "name": "Robot programming",
            "description": "Develops software for robots that handle goods, tests it and hands it over.",
            "criteria": {
                "narrative": "Learners show source code with which a robot takes input by hand and from "
                "sensors, acts on it under conditions, and stops safely when a sensor fails."
            },
            "image": {"id": f"{school}/robot-programming.png", "type": "Image", "caption": "A robot's arm"},
            "alignment": [
                {
                    "targetName": "program firmware",
                    "targetFramework": "ESCO 1.1.1",
                    "targetType": "ext:EscoSkill",
                    "targetUrl": "http://data.europa.eu/esco/skill/b4f9b3f6-6a4e-4ba5-8c9c-8a6a7a0b8e7b",
                }
            ],
        },
        valid_from=datetime(2026, 1, 15, 9, tzinfo=UTC),
        valid_until=datetime(2031, 1, 15, 9, tzinfo=UTC),
        activity_start=datetime(2025, 9, 1, tzinfo=UTC),
        activity_end=datetime(2025, 12, 20, tzinfo=UTC),
        results=[{"value": "8"}],
        evidence=[
            {
                "id": f"{credential_id}/evidence/0",
                "name": "Final project",
                "genre": "practical-assessment",
                "description": "The project's source code, and the assessors' report on its demonstration.",
            }
        ],
        related_resources=[
            {
                "id": f"{credential_id}/evidence/0",
                "digestMultibase": "zQmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR",
            }
        ],
        status=[
            {
                "id": f"{school}/status/3#{94_567 + number}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": str(94_567 + number),
                "statusListCredential": f"{school}/status/3",
            }
        ],
    )


def rounds() -> Iterable[int]:
    """The rounds of a measurement, with a bar on a terminal."""
    return track(range(ROUNDS), "Measuring", console=errors, transient=True, disable=not errors.is_terminal)


def plain(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the summary for programs."""
    return {name: asdict(value) if isinstance(value, Spread) else value for name, value in line.items()}


def show(title: str, lines: Sequence[Mapping[str, Any]], ratio: Spread | None = None) -> None:
    """Print the summary as a table, and how much more two processes do."""
    table = Table(title=f"Per CPU second of one core, and share of the limit: {title}", box=None)
    table.add_column("")
    for heading in ("min", "median", "max", "share: min", "median", "max"):
        table.add_column(heading, justify="right")
    for line in lines:
        rate, share = line["perSecond"], line["shareOfLimit"]
        table.add_row(
            line["operation"],
            *(f"{figure:,.0f}" for figure in (rate.min, rate.median, rate.max)),
            *(f"{figure:.3f}" for figure in (share.min, share.median, share.max)),
        )
    console.print(table)
    if ratio is not None:
        spread = f"{ratio.min:.2f} to {ratio.max:.2f}"
        console.print(f"Two processes verify {ratio.median:.2f} times as many as one ({spread}).")
