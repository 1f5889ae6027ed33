"""A file to be saved under a name: Content-Disposition (RFC 6266)."""

import unicodedata
from urllib.parse import quote


def attachment(name: str) -> dict[str, str]:
    """The header. A name in other letters stands in it twice: as it is (RFC 8187), and near it in ASCII."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    plain = "".join(letter for letter in plain if letter.isalnum() or letter in "-_. ").lstrip("-. ")
    header = f'attachment; filename="{plain}"'
    if plain != name:
        header += f"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": header}
