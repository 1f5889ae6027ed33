"""Tables as CSV (RFC 4180) in which every cell is data, in every program."""

import csv
import io
from collections.abc import Iterable, Sequence

from passport.spreadsheet import neutral
from wallet.core.plain_text import plain_text

_MARK = "\ufeff"
"""Programs for tables take a file without it for one in the letters of before Unicode."""


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table with a line of names; a cell that could begin a formula gets an apostrophe in front."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([neutral(plain_text(value)) for value in row] for row in rows)
    return (_MARK + written.getvalue()).encode("utf-8")
