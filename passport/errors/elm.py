"""Refusals of documents of the European Learning Model, and of maps from qualifications to skills."""

from passport.errors.base import Invalid
from passport.errors.trust import MalformedStatement


class NotEuropean(Invalid):
    code = "not_european"
    sentence = "This is not a European Digital Credential for Learning."


class MalformedElm(Invalid):
    code = "malformed_elm"
    sentence = "This European Digital Credential has a member that is missing or of the wrong form."


class ForeignElmContext(Invalid):
    code = "foreign_elm_context"
    sentence = "This European Digital Credential names vocabularies that are not known here."


class TooManyInElm(Invalid):
    code = "too_many_in_elm"
    sentence = "This European Digital Credential has more parts than what is read."


class OlderElm(Invalid):
    code = "older_elm"
    sentence = "This is a European credential in its older form, XML. Ask for it as JSON, or save it as PDF."


class MalformedSkillMap(MalformedStatement):
    code = "malformed_skill_map"
    sentence = "The skill map has a member that is missing, unknown or of the wrong form."


class SkillMapNotYetValid(Invalid):
    code = "skill_map_not_yet_valid"
    sentence = "The skill map is dated in the future."


class SkillMapExpired(Invalid):
    code = "skill_map_expired"
    sentence = "The skill map is past its last day. Ask its publisher for a new one."


class SkillMapRollback(Invalid):
    code = "skill_map_rollback"
    sentence = "The skill map is older than the one that is here already, or comes from somebody else."
