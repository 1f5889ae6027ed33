"""Refusals of signed documents that are not badges, trust lists first among them."""

from passport.errors.base import Invalid, NotAllowed, TooLarge


class MalformedStatement(Invalid):
    code = "malformed_statement"
    sentence = "A signed document of ours has a member that is missing, unknown or of the wrong form."


class MalformedTrustList(MalformedStatement):
    code = "malformed_trust_list"
    sentence = "The trust list has a member that is missing, unknown or of the wrong form."


class MalformedClass(MalformedTrustList):
    code = "malformed_recognition_class"
    sentence = (
        "A class of the trust list is not written as it should be. It needs: id in small letters, "
        "name in plain letters, and countsAs."
    )


class ShadowingClass(MalformedTrustList):
    code = "shadowing_recognition_class"
    sentence = (
        "A class of the trust list is called as one of the five fixed words, or looks like one. "
        "Choose another name."
    )


class AmbiguousClass(MalformedTrustList):
    code = "ambiguous_recognition_class"
    sentence = (
        "Two classes of the trust list have the same id, or names that look the same. Choose other names."
    )


class TooManyClasses(MalformedTrustList):
    code = "too_many_recognition_classes"
    sentence = "The trust list has more classes of its own than are taken. Take some out."


class UnknownRecognition(MalformedTrustList):
    code = "unknown_recognition"
    sentence = (
        "An entry of the trust list names none of the five fixed words and no class of the list. "
        "Add that class, or use a fixed word."
    )


class PublisherMismatch(Invalid):
    code = "publisher_mismatch"
    sentence = "The document is signed with a key that is not its publisher's."


class UnexpectedPublisher(NotAllowed):
    code = "unexpected_publisher"
    sentence = "The document's publisher is not one that you chose to trust."


class TrustListNotYetValid(Invalid):
    code = "trust_list_not_yet_valid"
    sentence = "The trust list is dated in the future."


class TrustListRollback(Invalid):
    code = "trust_list_rollback"
    sentence = "The trust list is older than the one that is here already."


class TrustListConflict(Invalid):
    code = "trust_list_conflict"
    sentence = "Two trust lists have the same name and say different things."


class TooManyTrustLists(TooLarge):
    code = "too_many_trust_lists"
    sentence = "There are more trust lists than are kept here. Take one out first."


class NotDelegated(NotAllowed):
    code = "trust_list_not_delegated"
    sentence = "The trust list is not the one that its publisher may publish for somebody that you trust."


class DifferentTrustLists(Invalid):
    code = "different_trust_lists"
    sentence = "These are not two versions of one list: they have different addresses."
