"""Refusals of plans: catalogues of modules, wishes, items."""

from passport.errors import Conflict, Invalid, TooLarge
from passport.errors.trust import MalformedStatement


class MalformedModuleCatalogue(MalformedStatement):
    code = "malformed_module_catalogue"
    sentence = "The catalogue of modules has a member that is missing, unknown or of the wrong form."


class MalformedModuleTable(Invalid):
    code = "malformed_module_table"
    sentence = (
        "The table of modules lacks a column, or none of its rows can be used. Look at the reasons. "
        "docs/module-catalogue.md has the columns."
    )


class ModuleCatalogueNotYetValid(Invalid):
    code = "module_catalogue_not_yet_valid"
    sentence = "The catalogue of modules is dated in the future."


class ModuleCatalogueExpired(Invalid):
    code = "module_catalogue_expired"
    sentence = "The catalogue of modules is past its last day. Ask its publisher for a new one."


class TooManyGaps(TooLarge):
    code = "too_many_gaps"
    sentence = "More skills are missing than a plan can hold. Choose work that is nearer."


class BudgetOutOfRange(Invalid):
    code = "budget_out_of_range"
    sentence = "Hours and money must be whole numbers of 0 or more."


class NothingToPlan(Conflict):
    code = "nothing_to_plan"
    sentence = "Nothing is missing for this, so there is nothing to plan."
