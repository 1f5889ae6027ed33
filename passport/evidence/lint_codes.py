"""The codes of the linter's findings, as `passport/texts/lint.*.toml` renders them."""

from enum import StrEnum


class LintCode(StrEnum):
    # Nobody can meet it.
    STRENGTH_UNREACHABLE = "lint.strength_unreachable"
    LEVEL_ABOVE_RUBRIC = "lint.level_above_rubric"
    NO_ISSUER_RECOGNISED = "lint.no_issuer_recognised"
    NOBODY_RECOGNISED = "lint.nobody_recognised"
    CONTRADICTORY = "lint.contradictory"
    EXPIRED = "lint.expired"
    # It keeps out people who can do the work.
    DIPLOMA_DEMAND = "lint.diploma_demand"
    DIPLOMA_DEMAND_SKILLS = "lint.diploma_demand_skills"
    SCHOOLS_ONLY = "lint.schools_only"
    AGE_TOO_SHORT = "lint.age_too_short"
    SOFT_BUT_RESTRICTED = "lint.soft_but_restricted"
    ISSUER_UNRECOGNISED = "lint.issuer_unrecognised"
    ONE_ISSUER = "lint.one_issuer"
    # It asks for more than it needs.
    ALL_OPTIONAL = "lint.all_optional"
    ALL_HARD = "lint.all_hard"
    ALL_RECORDS = "lint.all_records"
    RECORDS_OF_SOFT = "lint.records_of_soft"
    TOO_MANY = "lint.too_many"
    MORE_THAN_OCCUPATION = "lint.more_than_occupation"
    BEYOND_OCCUPATION = "lint.beyond_occupation"
    OPTIONAL_IN_OCCUPATION = "lint.optional_in_occupation"
    # Dates and names.
    NOT_YET_VALID = "lint.not_yet_valid"
    ENDS_SOON = "lint.ends_soon"
    LONG_VALIDITY = "lint.long_validity"
    NO_MAXIMUM_AGE = "lint.no_maximum_age"
    NO_OCCUPATION = "lint.no_occupation"
    NO_LISTS = "lint.no_lists"
    NAME_MISSING_EN = "lint.name_missing.en"
    NAME_MISSING_NL = "lint.name_missing.nl"
    LABEL_MISSING_EN = "lint.label_missing.en"
    LABEL_MISSING_NL = "lint.label_missing.nl"
    LABEL_DIFFERS = "lint.label_differs"
    SAME_LABEL = "lint.same_label"
    SKILL_UNKNOWN = "lint.skill_unknown"
