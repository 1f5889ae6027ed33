"""Evidence: how strong the proof of each skill is, what is asked of it, and the least that meets that."""

from passport.evidence.acts import ActKind
from passport.evidence.codes import EvidenceCode, PolicyCode, RaiseCode
from passport.evidence.demand import Demand, Purpose
from passport.evidence.disclosure import Disclosure, RefusalCost, smallest
from passport.evidence.integrity import Files
from passport.evidence.kinds import EvidenceState, Method, Strength
from passport.evidence.link import Link, SkillEvidence, Step
from passport.evidence.policy import DemandResult, decide, overall
from passport.evidence.profile import (
    FunctionProfile,
    build_function_profile,
    parse_function_profile,
    verify_function_profile,
)
from passport.evidence.request import (
    PresentationRequest,
    build_presentation_request,
    parse_presentation_request,
    verify_presentation_request,
)
from passport.evidence.rules import LOWERINGS, RULES, Facts, judge
from passport.evidence.strength import weigh

__all__ = [
    "LOWERINGS",
    "RULES",
    "ActKind",
    "Demand",
    "DemandResult",
    "Disclosure",
    "EvidenceCode",
    "EvidenceState",
    "Facts",
    "Files",
    "FunctionProfile",
    "Link",
    "Method",
    "PolicyCode",
    "PresentationRequest",
    "Purpose",
    "RaiseCode",
    "RefusalCost",
    "SkillEvidence",
    "Step",
    "Strength",
    "build_function_profile",
    "build_presentation_request",
    "decide",
    "judge",
    "overall",
    "parse_function_profile",
    "parse_presentation_request",
    "smallest",
    "verify_function_profile",
    "verify_presentation_request",
    "weigh",
]
