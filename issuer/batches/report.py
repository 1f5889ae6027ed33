"""What came of each row, as CSV: for the person who sent the file, so it may repeat their own references."""

from functools import cache
from importlib.resources import files

from issuer.batches.records import Batch
from issuer.batches.results import RowResult, results
from issuer.service import Service
from passport.texts import Catalogue, Language, shared
from passport.web.csv_out import CsvForm

HEADER = ("row", "reference", "outcome", "credential", "offer", "tx_code", "error", "reason", "state")


async def report(
    service: Service,
    batch: Batch,
    language: Language,
    form: CsvForm | None = None,
    *,
    failed_only: bool = False,
) -> str:
    """One line a row: issued, offered, already (by an earlier batch), waiting, or failed: a code and why."""
    form = form or CsvForm()
    text = form.start + form.lines([HEADER])
    async for page in results(service, batch):
        text += form.lines([_line(row, language) for row in page if row.error or not failed_only])
    return text


def _line(row: RowResult, language: Language) -> tuple[object, ...]:
    link, tx_code = ("", "") if row.offer is None else (row.offer.link, row.offer.tx_code)
    reason = "" if row.error is None else sentence(row.error, language)
    return (
        row.row, row.reference, row.outcome, row.credential, link, tx_code, row.error, reason, row.state,
    )  # fmt: skip


@cache
def _catalogue() -> Catalogue:
    return Catalogue(files("issuer") / "texts")


def sentence(code: str, language: Language) -> str:
    """What a code means, for people."""
    catalogue = _catalogue() if code in _catalogue().codes(language) else shared()
    return catalogue.say(code, language)
