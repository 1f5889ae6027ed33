"""Refusals of the wallet's matching: files that come in, profiles that are kept, and chosen work."""

from passport.errors import Conflict, Invalid, NotFound, TooLarge


class NoFileChosen(Invalid):
    code = "no_file_chosen"
    sentence = "Choose a file first, or fill in an address."


class UnknownProfile(NotFound):
    code = "unknown_function_profile"
    sentence = "There is no function profile under that identifier in this wallet."


class OlderProfile(Conflict):
    code = "older_function_profile"
    sentence = "A newer version of this function profile is in the wallet already."


class TooManyProfiles(TooLarge):
    code = "too_many_function_profiles"
    sentence = "The wallet holds as many function profiles as it can. Remove one first."


class TooMuchWorkChosen(TooLarge):
    code = "too_much_work_chosen"
    sentence = "You have chosen as many occupations as the wallet keeps. Take one away first."
