"""The supervisor's forms: text fields, and at most one file at a time."""

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile

from issuer.confirmations.errors import RecordTooLarge
from issuer.confirmations.limits import CONFIRMATION

_FIELDS = 64
_PART = 1_048_576
"""Bytes of one text field: what a wallet signed may be pasted."""
_FILES = ("photo", "file")
"""A photo that the phone took just now, else a file. The next page shows which, and takes more."""


@dataclass(frozen=True, slots=True)
class SentForm:
    fields: dict[str, str]
    """Without the spaces around them; empty ones are left out."""
    file_name: str
    file: bytes | None


async def read_sent_form(request: Request) -> SentForm:
    """Raises RecordTooLarge."""
    async with request.form(max_files=len(_FILES), max_fields=_FIELDS, max_part_size=_PART) as form:
        fields = {
            name: value.strip() for name, value in form.items() if isinstance(value, str) and value.strip()
        }
        files = [form.get(name) for name in _FILES]
        sent = next((each for each in files if isinstance(each, UploadFile) and each.filename), None)
        if sent is None:
            return SentForm(fields, "", None)
        data = await sent.read(CONFIRMATION.record + 1)
    if len(data) > CONFIRMATION.record:
        raise RecordTooLarge(limit=CONFIRMATION.record)
    return SentForm(fields, sent.filename or "", data)
