"""The evidence files that an issuer holds ready; one that is not what was signed is left out."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from passport.answers import Answer
from passport.documents import NotFetched
from passport.errors import TooLarge
from wallet.core.accept import Examined, evidence_record
from wallet.desk.channel import Channel
from wallet.errors import AttachmentMismatch, UnknownEvidence


async def issuer_files(
    examined: Sequence[Examined], channel: Channel, host: str
) -> dict[tuple[str, str], bytes]:
    """The files that credentials in good standing name on the issuer's own host, as records."""
    found: dict[tuple[str, str], bytes] = {}
    for one in examined:
        parsed = one.report.parsed
        for resource in () if parsed is None or one.answer is not Answer.YES else parsed.related_resources:
            if _authority(resource.id) != host:
                continue
            try:
                answered = await channel.get(resource.id)
                if answered.is_success:
                    found.update(evidence_record(one.report, resource.id, answered.body))
            except (NotFetched, AttachmentMismatch, UnknownEvidence, TooLarge):
                continue
    return found


def _authority(identifier: str) -> str | None:
    try:
        return urlsplit(identifier).netloc
    except ValueError:
        return None  # an identifier need not be an address
