"""A batch as JSON: the same rows under the same names, kept as the CSV file that they could have been."""

import csv
import io
from typing import Annotated

from pydantic import Field

from issuer.batches.rows import COLUMNS
from issuer.limits import BATCH, OFFER, REFERENCE
from passport import limits
from passport.limits import JsonLimits
from passport.web import Body

Cell = Annotated[str, Field(max_length=BATCH.cell)]
Day = Annotated[str, Field(max_length=10, examples=["2026-01-31"])]

BOUNDS = JsonLimits(size=2 * BATCH.size, array=BATCH.rows, string=BATCH.cell)
VALUES = 2 * BATCH.rows * len(COLUMNS)
"""Values in one body: every cell of every row, and a little."""


class BatchRow(Body):
    """One award. Empty and left out are the same."""

    reference: Annotated[
        str,
        Field(
            min_length=1,
            max_length=REFERENCE,
            # a row of blanks is none, and shifts those after it; Python strips x1c to x1f as well
            pattern=r"[^\s\x1c-\x1f]",
            description="Your own number: with it a row is never issued twice, in any batch.",
        ),
    ]
    subject: Annotated[Cell, Field(description="The holder's did:key or did:jwk; empty makes an offer.")] = ""
    valid_from: Day = ""
    valid_until: Day = ""
    activity_start: Day = ""
    activity_end: Day = ""
    role: Cell = ""
    result_value: Cell = ""
    evidence_name: Cell = ""
    evidence_genre: Cell = ""
    evidence_narrative: Cell = ""


class NewBatch(Body):
    """Up to 10,000 awards of one achievement."""

    achievement: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    rows: Annotated[list[BatchRow], Field(min_length=1, max_length=BATCH.rows)]
    tx_code: bool = False
    """Offers ask for a six-digit code; the results have it."""
    expires_in: Annotated[int, Field(ge=1, le=OFFER.longest)] = limits.TIME.offer_lifetime
    """Seconds that offers live."""
    draft: bool = False
    """Look at it first; start it with POST …/start."""


def as_csv(rows: list[BatchRow]) -> bytes:
    """The file that says the same."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    lines.writerows([str(getattr(row, column)) for column in COLUMNS] for row in rows)
    return written.getvalue().encode()
