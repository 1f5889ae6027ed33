"""The outcomes of checks as rows of a table: one line a report, and nobody's name."""

from collections.abc import Sequence

from passport.clock import format_datetime
from verifier.records import Report

HEADER = (
    "report", "request", "checked_at", "way", "profile", "version", "verdict", "genuine", "met", "delete_at",
)  # fmt: skip


def row(report: Report) -> Sequence[object]:
    content = report.content
    profile = content["profile"] or {}
    return (
        report.id, report.request, content["checkedAt"], content["way"], profile_key(report),
        profile.get("version"), content["verdict"], content["genuine"], content["met"],
        format_datetime(report.delete_at),
    )  # fmt: skip


def profile_key(report: Report) -> str | None:
    """The profile's key, from the address that is its id: `…/profiles/<key>/<version>`."""
    profile = report.content["profile"]
    return None if profile is None else str(profile["id"]).split("/")[-2]
