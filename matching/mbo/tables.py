"""The table of qualifications of the Dutch regulation of 2015; what does not fit is counted."""

from collections import Counter
from pathlib import Path

from matching.errors import MalformedTaxonomyArchive, TaxonomyArchiveTooLarge, TaxonomyFileMissing
from matching.limits import ARCHIVE
from matching.mbo.model import Mbo, Qualification
from matching.taxonomy.cleaning import plain_label
from matching.taxonomy.tables import read_table

YEAR = "2015"
LICENCE = "text of law: no copyright (Auteurswet, article 11)"
ATTRIBUTION = "Qualifications of Dutch vocational education (mbo), ministerial regulation of 2015."
_COLUMNS = ("domein", "kwalificatiedossier", "crebo", "kwalificatie", "niveau", "leerweg")
_LEVELS = {"1": 1, "2": 2, "3": 3, "4": 4}
_ROUTES = {"BOL", "BBL", "BOL/BBL", ""}
_CREBO = 5


def read_qualifications(path: Path) -> Mbo:
    """Read the table.

    Raises:
        TaxonomyFileMissing, MalformedTaxonomyArchive, TaxonomyArchiveTooLarge: it is not of that form.
    """
    if not path.is_file():
        raise TaxonomyFileMissing(table=path.name)
    if path.stat().st_size > ARCHIVE.entry_size:
        raise TaxonomyArchiveTooLarge(bytes=ARCHIVE.entry_size)
    dropped: Counter[str] = Counter()
    found: dict[str, Qualification] = {}
    for row in read_table(path.read_bytes(), _COLUMNS, dropped=dropped):
        crebo, name, level = row["crebo"], plain_label(row["kwalificatie"]), _LEVELS.get(row["niveau"])
        if not (len(crebo) == _CREBO and crebo.isascii() and crebo.isdigit()) or not name:
            dropped["qualification-malformed"] += 1
        elif level is None or row["leerweg"] not in _ROUTES:
            dropped["qualification-of-unknown-level-or-route"] += 1
        elif crebo in found:
            dropped["qualification-twice"] += 1
        else:
            dossier, domain = plain_label(row["kwalificatiedossier"]), plain_label(row["domein"])
            found[crebo] = Qualification(crebo, name, dossier, domain, level, row["leerweg"])
    if not found:
        raise MalformedTaxonomyArchive
    return Mbo(
        YEAR,
        LICENCE,
        (ATTRIBUTION,),
        tuple(found[crebo] for crebo in sorted(found)),
        dict(sorted(dropped.items())),
    )
