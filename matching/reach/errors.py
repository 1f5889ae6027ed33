"""Refusals of the simulation."""

from passport.errors import Invalid, TooLarge


class TooManyPeople(TooLarge):
    code = "too_many_people_to_simulate"
    sentence = "So many made-up people can't be simulated. Ask for at least one, and for fewer than this."


class NoSkillToReachBy(Invalid):
    code = "no_skill_to_reach_by"
    sentence = "None of the skills in this profile is in the taxonomy, so nobody can be made up for it."
