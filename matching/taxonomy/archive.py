"""Careful reading of the tables in a publisher's zip archive: no name is trusted, every size is bounded."""

import csv
import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from matching.errors import MalformedTaxonomyArchive, TaxonomyArchiveTooLarge, TaxonomyFileMissing
from matching.limits import ARCHIVE, ArchiveLimits
from passport.errors import PassportError

Row = dict[str, str]


class Archive:
    """The CSV tables of one zip archive, found by their plain file names."""

    def __init__(self, source: Path | io.BytesIO, bounds: ArchiveLimits = ARCHIVE) -> None:
        """Open the archive and check its directory.

        Raises:
            MalformedTaxonomyArchive: no zip archive, encrypted, an odd name, or a name twice.
            TaxonomyArchiveTooLarge: more entries or bytes than `bounds`.
        """
        self._bounds = bounds
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise MalformedTaxonomyArchive from None
        entries = self._zip.infolist()
        if len(entries) > bounds.entries:
            raise TaxonomyArchiveTooLarge(entries=bounds.entries)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._check_entry(entry)
            self._entries[entry.filename] = entry
        if sum(entry.file_size for entry in entries) > bounds.size:
            raise TaxonomyArchiveTooLarge(bytes=bounds.size)

    def _check_entry(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        if name in self._entries or not name.endswith(".csv") or set(name) & set("/\\:\x00"):
            raise MalformedTaxonomyArchive
        if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise MalformedTaxonomyArchive
        if entry.file_size > self._bounds.entry_size:
            raise TaxonomyArchiveTooLarge(bytes=self._bounds.entry_size)

    @property
    def newest(self) -> tuple[int, int, int]:
        """Year, month and day of the youngest entry: the same for every copy of the archive."""
        return max((entry.date_time[:3] for entry in self._entries.values()), default=(1980, 1, 1))

    def table(self, name: str, *columns: str) -> Iterator[Row]:
        """The rows of one table, with the columns that are asked for.

        Raises:
            TaxonomyFileMissing: no table of that name.
            MalformedTaxonomyArchive: not UTF-8, a wrong checksum, a missing column or a ragged row.
            TaxonomyArchiveTooLarge: more bytes than its directory says, or a cell beyond the bounds.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise TaxonomyFileMissing(table=name)
        yield from read_table(self._inflate(entry), columns, self._bounds)

    def _inflate(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
            raise MalformedTaxonomyArchive from None
        if len(data) != entry.file_size:
            raise MalformedTaxonomyArchive
        return data


def read_table(
    data: bytes,
    columns: tuple[str, ...],
    bounds: ArchiveLimits = ARCHIVE,
    dropped: Counter[str] | None = None,
) -> Iterator[Row]:
    """Read CSV bytes (RFC 4180, UTF-8 with or without a mark) row by row.

    A row with too few or too many cells and a cell beyond the bounds are counted in `dropped` and left out,
    or refused where nobody counts.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedTaxonomyArchive from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        places = [header.index(column) for column in columns]
        for row in reader:
            if len(row) != len(header):
                _drop(dropped, "ragged-row", MalformedTaxonomyArchive())
                continue
            cells = [row[place] for place in places]
            if any(len(cell) > bounds.field for cell in cells):
                _drop(dropped, "cell-too-long", TaxonomyArchiveTooLarge(cell=bounds.field))
                continue
            yield dict(zip(columns, cells, strict=True))
    except (csv.Error, ValueError):
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
