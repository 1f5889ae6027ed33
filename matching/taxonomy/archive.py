"""Careful reading of the tables in a publisher's zip archive: no name is trusted, every size is bounded."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from matching.errors import MalformedTaxonomyArchive, TaxonomyArchiveTooLarge, TaxonomyFileMissing
from matching.limits import ARCHIVE, ArchiveLimits
from matching.taxonomy.tables import Row, read_rows


class Archive:
    """The CSV tables of one zip archive, found by their plain file names.

    Nothing is ever unpacked to a name of the archive's. What is no table, or lies in a folder, is left aside.
    """

    def __init__(self, source: Path | io.BytesIO, bounds: ArchiveLimits = ARCHIVE) -> None:
        """Open the archive and check its directory.

        Raises:
            MalformedTaxonomyArchive: no zip archive, a table twice, or one that is encrypted.
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
        self.aside = 0
        """How many entries are no table of this archive."""
        for entry in entries:
            if not entry.filename.endswith(".csv") or set(entry.filename) & set("/\\:\x00"):
                self.aside += 1
                continue
            self._check_entry(entry)
            self._entries[entry.filename] = entry
        if sum(entry.file_size for entry in self._entries.values()) > bounds.size:
            raise TaxonomyArchiveTooLarge(bytes=bounds.size)

    def _check_entry(self, entry: zipfile.ZipInfo) -> None:
        if entry.filename in self._entries:
            raise MalformedTaxonomyArchive
        if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise MalformedTaxonomyArchive
        if entry.file_size > self._bounds.entry_size:
            raise TaxonomyArchiveTooLarge(bytes=self._bounds.entry_size)

    @property
    def newest(self) -> tuple[int, int, int]:
        """Year, month and day of the youngest table: the same for every copy of the archive."""
        return max((entry.date_time[:3] for entry in self._entries.values()), default=(1980, 1, 1))

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def table(self, name: str, *columns: str, dropped: Counter[str] | None = None) -> Iterator[Row]:
        """The rows of one table, with the columns that are asked for; those that do not fit are `dropped`.

        Raises:
            TaxonomyFileMissing: no table of that name.
            MalformedTaxonomyArchive: not UTF-8, a wrong checksum, a missing column or broken quotes.
            TaxonomyArchiveTooLarge: more rows than the bounds.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise TaxonomyFileMissing(table=name)
        try:
            with self._zip.open(entry) as stream:
                yield from read_rows(stream, columns, self._bounds, dropped)  # no further than file_size
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
            raise MalformedTaxonomyArchive from None
