"""The readable copy as one ZIP file."""

import io
import zipfile
from collections.abc import Mapping

_FILE = 0o600
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP file can say: the time of each file is nobody's business."""


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """One ZIP file, in a folder of its own; the names are ours, none is a path from outside."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(f"skills-passport/{path}", _MOMENT)
            entry.external_attr = _FILE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return written.getvalue()
