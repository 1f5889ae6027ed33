"""Refusals of function profiles and presentation requests."""

from passport.errors.base import Invalid
from passport.errors.trust import MalformedStatement


class MalformedFunctionProfile(MalformedStatement):
    code = "malformed_function_profile"
    sentence = "The function profile has a member that is missing, unknown or of the wrong form."


class SkillDemandedTwice(MalformedFunctionProfile):
    code = "skill_demanded_twice"
    sentence = "The function profile asks the same skill twice. Ask it once, at one level."


class FunctionProfileNotYetValid(Invalid):
    code = "function_profile_not_yet_valid"
    sentence = "The function profile is dated in the future."


class FunctionProfileExpired(Invalid):
    code = "function_profile_expired"
    sentence = "The function profile is past its last day. Ask the employer for a new one."


class MalformedProfileBundle(MalformedStatement):
    code = "malformed_profile_bundle"
    sentence = (
        "The index of the function profiles has a member that is missing, unknown or of the wrong form."
    )


class ProfileNotAsListed(Invalid):
    code = "profile_not_as_listed"
    sentence = "The function profile is not the one that the index of its folder names."


class FunctionProfileRollback(Invalid):
    code = "function_profile_rollback"
    sentence = "The function profile is older than the one that was here before."


class MalformedPresentationRequest(MalformedStatement):
    code = "malformed_presentation_request"
    sentence = "The request has a member that is missing, unknown or of the wrong form."


class PresentationRequestNotYetValid(Invalid):
    code = "presentation_request_not_yet_valid"
    sentence = "The request is dated in the future. Check the clock of this device."


class PresentationRequestExpired(Invalid):
    code = "presentation_request_expired"
    sentence = "The request is no longer open. Ask for a new one."


class PurposeMismatch(Invalid):
    code = "purpose_mismatch"
    sentence = "The request names another purpose than the function profile in it."
