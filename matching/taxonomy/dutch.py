"""Dutch labels for ESCO: gzipped tables of release 1.2, and of 1.0.8 for single skills."""

from pathlib import Path

from matching.taxonomy.cleaning import plain_label, split_labels
from matching.taxonomy.labels import Labels
from matching.taxonomy.tables import read_gzip_table

_TABLES = (
    "occupations_nl_v1.2.csv.gz",
    "ISCOGroups_nl_v1.2.csv.gz",
    "skillGroups_nl_v1.2.csv.gz",
    "skill_labels_nl_partial_v1.0.8.csv.gz",
)


def read_dutch(folder: Path) -> Labels:
    """The Dutch labels by IRI; what has none is not in there.

    Raises:
        TaxonomyFileMissing, MalformedTaxonomyArchive, TaxonomyArchiveTooLarge: a table is not as expected.
    """
    preferred: dict[str, str] = {}
    alternates: dict[str, tuple[str, ...]] = {}
    for table in _TABLES:
        for row in read_gzip_table(folder / table, ("conceptUri", "preferredLabel", "altLabels")):
            label = plain_label(row["preferredLabel"])
            if label:
                preferred[row["conceptUri"]] = label
                others = split_labels(row["altLabels"].replace(" | ", "\n"))
                alternates[row["conceptUri"]] = tuple(other for other in others if other != label)
    return Labels(preferred, alternates)
