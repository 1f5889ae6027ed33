"""The build step of O*NET: the publishers' tables in, a release out."""

from collections import Counter
from pathlib import Path

from matching.onet.model import Onet
from matching.onet.nesta import read_crosswalk
from matching.onet.tables import ATTRIBUTION, LICENCE, VERSION, read_occupations, read_titles
from matching.taxonomy.compact import Taxonomy

CROSSWALK = "Crosswalk from ESCO to O*NET: Nesta, 2020, MIT licence. Modified."


def read_onet(folder: Path, crosswalk: Path, esco: Taxonomy) -> Onet:
    """Read the tables of a folder, and the crosswalk to the ESCO release.

    Raises:
        TaxonomyFileMissing, MalformedTaxonomyArchive, TaxonomyArchiveTooLarge: a table is not as expected.
    """
    dropped: Counter[str] = Counter()
    titles = read_titles(folder, dropped)
    occupations = read_occupations(folder, titles, dropped)
    rated = {occupation.code for occupation in occupations}
    return Onet(
        version=VERSION,
        licence=LICENCE,
        attribution=(ATTRIBUTION, CROSSWALK),
        occupations=occupations,
        crosswalk=read_crosswalk(crosswalk, titles, rated, esco, dropped),
        dropped={rule: count for rule, count in sorted(dropped.items()) if count},
    )
