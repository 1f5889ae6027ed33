"""Refusals of matching: archives, bundles, profiles, searches."""

from passport.errors import Invalid, NotFound, TooLarge


class MalformedTaxonomyArchive(Invalid):
    code = "malformed_taxonomy_archive"
    sentence = "The taxonomy archive is damaged or is not the publisher's form of it."


class TaxonomyArchiveTooLarge(TooLarge):
    code = "taxonomy_archive_too_large"
    sentence = "The taxonomy archive holds more than what is accepted."


class TaxonomyFileMissing(Invalid):
    code = "taxonomy_file_missing"
    sentence = "A file that the taxonomy needs is not in the folder. Download the archives again."


class MalformedTaxonomyBundle(Invalid):
    code = "malformed_taxonomy_bundle"
    sentence = "The taxonomy bundle is damaged or of an unknown form. Build or fetch it again."


class TaxonomyBundleChanged(MalformedTaxonomyBundle):
    code = "taxonomy_bundle_changed"
    sentence = "The taxonomy bundle is not what its publisher signed: it was changed."


class TaxonomyPublisherUnknown(MalformedTaxonomyBundle):
    code = "taxonomy_publisher_unknown"
    sentence = "The taxonomy bundle is not signed by the publisher that is expected here."


class TaxonomyBundleTooLarge(TooLarge):
    code = "taxonomy_bundle_too_large"
    sentence = "The taxonomy bundle is larger than what is accepted."


class TaxonomyDeltaOfAnother(Invalid):
    code = "taxonomy_delta_of_another"
    sentence = "The file with the release before belongs to another release. Build or fetch both again."


class UnknownOccupation(NotFound):
    code = "unknown_occupation"
    sentence = "This taxonomy has no occupation under that identifier."


class WhichOccupation(Invalid):
    code = "which_occupation"
    sentence = "No occupation has exactly this title. Give a whole one, for example of those that come close."


class TooManySkills(TooLarge):
    code = "too_many_skills"
    sentence = "The profile lists more skills than what is accepted."


class WeightOutOfRange(Invalid):
    code = "skill_weight_out_of_range"
    sentence = "A skill's weight must be a number above 0 and at most 1."


class SearchTextTooLong(TooLarge):
    code = "search_text_too_long"
    sentence = "The search text is longer than what is accepted. Use fewer words."


class SkillsFileUnreadable(Invalid):
    code = "skills_file_unreadable"
    sentence = "The file must be a JSON list of skills, or a wallet's export of them."
