"""What came of each row, as CSV: for the person who sent the file, so it may repeat their own references."""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from issuer.batches.chunk import row_id
from issuer.batches.records import Batch
from issuer.batches.rows import RefusedRow, Row, read_rows
from issuer.batches.run import rows_of
from issuer.issuance.records import Issuance
from issuer.limits import BATCH
from issuer.offers.make import shown
from issuer.offers.records import Offer
from issuer.service import Service
from passport.texts import Catalogue, Language, shared
from passport.web.problems import sentence_of

HEADER = ("row", "reference", "outcome", "credential", "offer", "tx_code", "error", "reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def report(service: Service, batch: Batch, language: Language) -> str:
    """One line a row: issued, offered, already (by an earlier batch), waiting, or failed: a code and why."""
    rows = read_rows(rows_of(service, batch), batch.achievement)
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEADER)
    for start in range(0, len(rows), BATCH.chunk):
        chunk = rows[start : start + BATCH.chunk]
        ids = [row_id(service, batch, row) for row in chunk]
        issuances, offers = await Issuance.among(ids), await Offer.among(ids)
        for row, key in zip(chunk, ids, strict=True):
            lines.writerow(_line(service, batch, row, issuances.get(key), offers.get(key), language=language))
    return written.getvalue()


def _line(
    service: Service,
    batch: Batch,
    row: Row | RefusedRow,
    issuance: Issuance | None,
    offer: Offer | None,
    *,
    language: Language,
) -> Sequence[str]:
    reference = f"'{row.reference}" if row.reference.startswith(_FORMULA) else row.reference
    first = (str(row.number), reference)
    failures: Mapping[str, str] = batch.failures
    if isinstance(row, RefusedRow):
        return (*first, "failed", "", "", "", row.error.code, sentence_of(row.error, language, _catalogue()))
    if str(row.number) in failures:
        code = failures[str(row.number)]
        return (*first, "failed", "", "", "", code, _sentence(code, language))
    if issuance is not None and issuance.credential is not None:
        return (*first, "issued" if issuance.batch == batch.id else "already", issuance.id, "", "", "", "")
    if offer is not None:
        made, outcome = shown(service, offer), "offered" if offer.batch == batch.id else "already"
        return (*first, outcome, "", made.link, made.tx_code or "", "", "")
    return (*first, "waiting", "", "", "", "", "")


@cache
def _catalogue() -> Catalogue:
    return Catalogue(files("issuer") / "texts")


def _sentence(code: str, language: Language) -> str:
    catalogue = _catalogue() if code in _catalogue().codes(language) else shared()
    return catalogue.say(code, language)
