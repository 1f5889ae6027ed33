"""CSV for spreadsheets and systems (RFC 4180): no cell is a formula, in a form that Excel opens.

Excel in Dutch splits at semicolons, and takes a file for UTF-8 when it begins with a byte order mark.
"""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Annotated, Literal

from fastapi import Depends, Query, Response
from fastapi.responses import StreamingResponse

from passport.spreadsheet import neutral

MEDIA_TYPE = "text/csv"
_MARK = "\ufeff"
_DELIMITERS = {"comma": ",", "semicolon": ";"}


class CsvForm:
    """How the caller wants it: `?delimiter=semicolon&bom=true` is what Excel in Dutch opens."""

    def __init__(
        self,
        delimiter: Annotated[
            Literal["comma", "semicolon"], Query(description="semicolon for Excel in Dutch.")
        ] = "comma",
        bom: Annotated[bool, Query(description="Begin with a byte order mark, for Excel.")] = False,
    ) -> None:
        self._delimiter, self._bom = _DELIMITERS[delimiter], bom

    @property
    def start(self) -> str:
        return _MARK if self._bom else ""

    def lines(self, rows: Iterable[Sequence[object]]) -> str:
        """Rows as text, each cell neutral. None is an empty cell."""
        written = io.StringIO()
        csv.writer(written, delimiter=self._delimiter).writerows(
            [neutral("" if cell is None else str(cell)) for cell in row] for row in rows
        )
        return written.getvalue()


AsCsv = Annotated[CsvForm, Depends()]


def csv_response(text: str, file_name: str) -> Response:
    return Response(text, media_type=MEDIA_TYPE, headers=_headers(file_name))


def csv_stream(
    form: CsvForm, header: Sequence[str], pages: AsyncIterator[Iterable[Sequence[object]]], file_name: str
) -> Response:
    """A file of any length, written page by page as it is read from the store."""

    async def written() -> AsyncIterator[str]:
        yield form.start + form.lines([header])
        async for page in pages:
            yield form.lines(page)

    return StreamingResponse(written(), media_type=MEDIA_TYPE, headers=_headers(file_name))


def _headers(file_name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{file_name}"'}
