"""Refusals of the validation room.

Invalid: what a request, a file or an assessment lacks. NotAllowed: who may do what, and when.
"""

from passport.errors import Conflict, Invalid, NotAllowed, NotFound, RateLimited, TooLarge


class UnknownCase(NotFound):
    code = "unknown_case"
    sentence = "There is no such validation case, or it is not yours."


class MoveNotAllowed(Conflict):
    code = "move_not_allowed"
    sentence = "This step does not belong to the phase that the case is in."


class RoleMayNotMove(NotAllowed):
    code = "role_may_not_move"
    sentence = "Somebody else takes this step."


class ConditionMissing(Conflict):
    code = "condition_missing"
    sentence = "Something has to be done before this step."


class NoSkillInPhase(Conflict):
    code = "no_skill_in_phase"
    sentence = "None of the chosen skills is in the phase of this step."


class SkillNotInCase(Invalid):
    code = "skill_not_in_case"
    sentence = "The case does not have a skill with that number."


class PresentationNotVerified(Invalid):
    code = "presentation_not_verified"
    sentence = "The presentation or a credential in it could not be verified."


class ChallengeNotOurs(Invalid):
    code = "challenge_not_ours"
    sentence = "The presentation does not answer a fresh nonce of this organisation. Ask for a new one."


class NoClaims(Invalid):
    code = "no_claims"
    sentence = "The request has no claim of the holder's own with a skill in it."


class NameTooLong(Invalid):
    code = "case_name_too_long"
    sentence = "The address or name of a skill or document is empty or too long for the credential of it."


class TooManyOpenCases(Conflict):
    code = "too_many_open_cases"
    sentence = "You have many open validations here. Withdraw one, or wait until one is decided."


class CasesFull(RateLimited):
    code = "cases_full"
    sentence = "This organisation has many open validations. Try again later, or ask the organisation."


class TooManyCaseSkills(TooLarge):
    code = "too_many_case_skills"
    sentence = "The claims name more skills than one case may have."


class TooManyCaseFiles(TooLarge):
    code = "too_many_case_files"
    sentence = "The case has more files, or more bytes of files, than it may have."


class FileNotBound(Invalid):
    code = "file_not_bound"
    sentence = "A file belongs to no evidence that a claim binds by a digest, or it was sent twice."


class FileDigestDiffers(Invalid):
    code = "file_digest_differs"
    sentence = "A file is not the one that the claim was signed for."


class FileNotOfItsType(Invalid):
    code = "file_not_of_its_type"
    sentence = "A file is not what its media type says."


class CaseHistoryFull(TooLarge):
    code = "case_history_full"
    sentence = "The history of this case is full. Assess it, decline it, or let the worker withdraw."


class UnknownCaseFile(NotFound):
    code = "unknown_case_file"
    sentence = "The case has no such file."


class CaseFileRemoved(NotFound):
    code = "case_file_removed"
    sentence = "This file was removed. Its digest is still in the case."


class NotOnStaff(NotAllowed):
    code = "not_on_staff"
    sentence = "This account has no such role in validations. Ask an owner of your organisation."


class NoValidationsHere(NotAllowed):
    code = "no_validations_here"
    sentence = "This organisation takes no requests for a validation at present. Ask it which link to use."


class AdviserAsAssessor(NotAllowed):
    code = "adviser_as_assessor"
    sentence = "Whoever guides a case can never assess it."


class AssessorIsHolder(NotAllowed):
    code = "assessor_is_holder"
    sentence = "Nobody assesses their own skills."


class SameAssessorAgain(NotAllowed):
    code = "same_assessor_again"
    sentence = "An appeal goes to another assessor than the first."


class AssessorWithoutProfile(Conflict):
    code = "assessor_without_profile"
    sentence = "The assessor needs an identifier and a name first, since they stand in the credential."


class IndependenceContradicted(Invalid):
    code = "independence_contradicted"
    sentence = (
        "The case shows that the assessor or the organisation is an employer or adviser of the holder. "
        "Assess without the declaration of independence, or appoint somebody else."
    )


class JudgementMissing(Invalid):
    code = "judgement_missing"
    sentence = "Give a result for each skill: a level where it is met, a reason where it is not."


class UnknownLevel(Invalid):
    code = "unknown_level"
    sentence = "The rubric has no such level."


class EvidenceOfAssessmentMissing(Invalid):
    code = "evidence_of_assessment_missing"
    sentence = "Name the assessor's own files by the ids under which they were sent."


class NothingToRenew(Invalid):
    code = "nothing_to_renew"
    sentence = "There is no earlier case of this holder to renew."


class DateInTheFuture(Invalid):
    code = "date_in_the_future"
    sentence = "This date has not come yet."


class MustBeLater(Invalid):
    code = "must_be_later"
    sentence = "The credential must be valid for some time to come."
