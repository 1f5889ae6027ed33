"""What somebody typed in a form of ours that was refused: kept in the answer, so that nothing typed is lost.

A page of a service is not stored by the browser, so "back" fetches it anew, empty, and after the end of a
session does not even find it. What was typed stands in the page of the refusal instead, and can be sent again
from there. Only a form of our own page is shown again, to whoever sent it; secrets and files never are.
"""

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from passport.errors import PassportError
from passport.web.forms import sent_by_our_page

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SECRETS = frozenset({"passphrase", "api_key", "answer", "note", "code", "tx_code", "bootstrap"})
_MOST_FIELDS, _MOST_FILES, _MOST_TEXT = 200, 16, 262_144
_WORTH_COPYING = 24
"""Characters: of a shorter text nobody is sorry."""
_MAY_WORK_AGAIN = frozenset({401, 403, 409, 429, 503})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """`fields` to send again, `texts` to copy."""

    fields: tuple[tuple[str, str], ...]
    files: bool
    again: bool

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(
            value.strip() for _, value in self.fields if len(value.strip()) >= _WORTH_COPYING and " " in value
        )


async def kept_form(request: Request, status: int) -> KeptForm | None:
    """The form that was refused with a status; None where there is none to show again."""
    form = await sent_form(request)
    if form is None:
        return None
    fields = _fields(form)
    if not fields or sum(len(value) for _, value in fields) > _MOST_TEXT:
        return None
    files = any(not isinstance(value, str) for value in form.values())
    return KeptForm(fields, files, status in _MAY_WORK_AGAIN)


async def sent_form(request: Request) -> FormData | None:
    """The form that a page of ours sent; None where there is none, or where it can't be read any more."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method != "POST" or kind not in _FORMS or not await _of_our_page(request):
        return None
    try:
        return await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_MOST_TEXT)
    except (HTTPException, RuntimeError, PassportError):  # no form at all, read in another way, or too much
        return None


def _fields(form: FormData) -> tuple[tuple[str, str], ...]:
    if not _SECRETS.isdisjoint(form):
        return ()  # a form that opens something is filled in again
    return tuple((name, value) for name, value in form.multi_items() if isinstance(value, str) and value)


async def _of_our_page(request: Request) -> bool:
    try:
        await sent_by_our_page(request)
    except PassportError:
        return False
    return True
