"""The dark modules of a QR code, without pixels: for hosts that draw for themselves."""

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from passport.errors import TooLarge

_MARGIN = 4
_SHORT = 300
"""Characters up to which the stronger error correction M still gives a picture that scans well."""


def matrix(text: str) -> list[list[bool]]:
    """The dark modules of one QR code, line by line, with its quiet zone; raises TooLarge."""
    code = qrcode.QRCode(
        error_correction=ERROR_CORRECT_M if len(text) <= _SHORT else ERROR_CORRECT_L,
        border=_MARGIN,
    )
    try:
        code.add_data(text, optimize=20)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        raise TooLarge from None
    return [[bool(dark) for dark in line] for line in code.get_matrix()]
