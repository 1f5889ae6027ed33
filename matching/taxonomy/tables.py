"""Publishers' CSV tables, read as a stream: what does not fit is counted by rule, the rest still works."""

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from matching.errors import MalformedTaxonomyArchive, TaxonomyArchiveTooLarge, TaxonomyFileMissing
from matching.limits import ARCHIVE, ArchiveLimits
from passport.errors import PassportError

Row = dict[str, str]
_DAMAGED = (csv.Error, ValueError, OSError, EOFError, zlib.error)
"""What reading a damaged table may raise; UnicodeDecodeError is a ValueError, a wrong checksum an OSError."""


def read_table(
    data: bytes,
    columns: tuple[str, ...],
    bounds: ArchiveLimits = ARCHIVE,
    dropped: Counter[str] | None = None,
) -> Iterator[Row]:
    """Read CSV bytes row by row, as `read_rows` does."""
    yield from read_rows(io.BytesIO(data), columns, bounds, dropped)


def read_rows(
    stream: IO[bytes], columns: tuple[str, ...], bounds: ArchiveLimits, dropped: Counter[str] | None = None
) -> Iterator[Row]:
    """Read CSV (RFC 4180, UTF-8 with or without a mark) row by row.

    A row with too few or too many cells and one with a cell beyond the bounds are counted in `dropped` and
    left out, or refused where nobody counts.

    Raises:
        MalformedTaxonomyArchive: not UTF-8, no such column, or not CSV.
        TaxonomyArchiveTooLarge: more rows than the bounds.
    """
    with io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        rows = csv.reader(text, strict=True)
        try:
            header = next(rows, [])
            places = [header.index(column) for column in columns]
            for number, row in enumerate(rows):
                if number >= bounds.rows:
                    raise TaxonomyArchiveTooLarge(rows=bounds.rows)
                if len(row) != len(header):
                    _drop(dropped, "ragged-row", MalformedTaxonomyArchive())
                    continue
                cells = [row[place] for place in places]
                if max(map(len, cells)) > bounds.field:
                    _drop(dropped, "cell-too-long", TaxonomyArchiveTooLarge(cell=bounds.field))
                    continue
                yield dict(zip(columns, cells, strict=True))
        except _DAMAGED:
            raise MalformedTaxonomyArchive from None


def _drop(dropped: Counter[str] | None, rule: str, refusal: PassportError) -> None:
    if dropped is None:
        raise refusal
    dropped[rule] += 1


def read_gzip_table(
    path: Path,
    columns: tuple[str, ...],
    dropped: Counter[str] | None = None,
    bounds: ArchiveLimits = ARCHIVE,
) -> Iterator[Row]:
    """The rows of a gzipped CSV file.

    Raises:
        TaxonomyFileMissing: no such file.
        MalformedTaxonomyArchive, TaxonomyArchiveTooLarge: not a table of that form, or beyond the bounds.
    """
    if not path.is_file():
        raise TaxonomyFileMissing(table=path.name)
    try:
        with gzip.open(path) as stream:
            data = stream.read(bounds.entry_size + 1)
    except (OSError, EOFError, zlib.error):
        raise MalformedTaxonomyArchive from None
    if len(data) > bounds.entry_size:
        raise TaxonomyArchiveTooLarge(bytes=bounds.entry_size)
    yield from read_table(data, columns, bounds, dropped)
