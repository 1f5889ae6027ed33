"""A scanner of QR codes that is not ours.

It looks for no other kind: in the chance points of a QR code a reader of all kinds finds one of stripes now and then.
"""

from typing import Any

import zxingcpp


def texts_in(picture: Any) -> list[str]:
    """Of a picture of Pillow, or of points as NumPy has them."""
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
