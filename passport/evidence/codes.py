"""The codes of reasons, as `passport/texts/evidence.*.toml` and `policy.*.toml` render them.

Some codes end in what they are about, because a sentence needs other words for it: the rows of the rule
table (`evidence.rule.<id>`, `evidence.lowered.<id>`), recognitions (`evidence.recognised.<recognition>`),
and the strength that is asked (`policy.strength_too_low.<strength>`).
"""

from enum import StrEnum


class EvidenceCode(StrEnum):
    RECOGNISED_FORMERLY = "evidence.recognised_formerly"
    RECOGNISED_OTHERWISE = "evidence.recognised_otherwise"
    RECOGNISED_THROUGH = "evidence.recognised_through"
    RECOGNITION_REVOKED = "evidence.recognition_revoked"
    LIST_STALE = "evidence.list_stale"
    STANDING_NO = "evidence.standing_no"
    STANDING_CANNOT_TELL = "evidence.standing_cannot_tell"
    NO_HOLDER = "evidence.no_holder"
    OTHER_HOLDER = "evidence.other_holder"
    RECORDS_MATCH = "evidence.records_match"
    RECORDS_NOT_SHOWN = "evidence.records_not_shown"
    RECORDS_UNREACHABLE = "evidence.records_unreachable"
    RECORDS_UNBOUND = "evidence.records_unbound"
    AGE = "evidence.age"
    AGE_UNKNOWN = "evidence.age_unknown"
    SAME_EVIDENCE = "evidence.same_evidence"
    ASSESSOR_UNNAMED = "evidence.assessor_unnamed"
    ASSESSOR_RELATED = "evidence.assessor_related"
    NO_BOUND_RECORDS = "evidence.no_bound_records"
    NO_RESULT = "evidence.no_result"
    PARTS_WITHHELD = "evidence.parts_withheld"


class RaiseCode(StrEnum):
    """What would make the proof stronger."""

    ASK_CONFIRMATION = "evidence.raise.ask_confirmation"
    ADD_RECORDS = "evidence.raise.add_records"
    ASK_ASSESSOR = "evidence.raise.ask_assessor"
    ASK_INDEPENDENT = "evidence.raise.ask_independent"
    NAME_ASSESSOR = "evidence.raise.name_assessor"
    STATE_RESULT = "evidence.raise.state_result"
    ASK_RECOGNISED = "evidence.raise.ask_recognised"
    ASK_EXAMINATION = "evidence.raise.ask_examination"
    AFTER_PASSING = "evidence.raise.after_passing"
    SHOW_ORIGINAL = "evidence.raise.show_original"
    RENEW = "evidence.raise.renew"
    CHECK_AGAIN = "evidence.raise.check_again"
    ASK_ISSUE_AGAIN = "evidence.raise.ask_issue_again"
    SHOW_ALL = "evidence.raise.show_all"


class PolicyCode(StrEnum):
    MET = "policy.met"
    NO_EVIDENCE = "policy.no_evidence"
    NOT_CHECKED = "policy.not_checked"
    NOTHING_HOLDS = "policy.nothing_holds"
    STRENGTH_TOO_LOW = "policy.strength_too_low"
    STRENGTH_UNCERTAIN = "policy.strength_uncertain"
    TOO_OLD = "policy.too_old"
    AGE_NOT_STATED = "policy.age_not_stated"
    LEVEL_TOO_LOW = "policy.level_too_low"
    LEVEL_NOT_STATED = "policy.level_not_stated"
    ISSUER_NOT_ACCEPTED = "policy.issuer_not_accepted"
    ISSUER_UNCERTAIN = "policy.issuer_uncertain"
    RECORDS_NOT_SHOWN = "policy.records_not_shown"
    OVER_ASKED = "policy.over_asked"
    STRICTER_THAN_PUBLISHED = "policy.stricter_than_published"
    REFUSAL_COSTS = "policy.refusal_costs"
