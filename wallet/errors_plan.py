"""Refusals of plans that are kept in the wallet."""

from passport.errors import Conflict, Invalid, NotFound, TooLarge


class CatalogueRollback(Invalid):
    code = "module_catalogue_rollback"
    sentence = "This catalogue is older than the one that is here already, or comes from somebody else."


class TooManyCatalogues(TooLarge):
    code = "too_many_module_catalogues"
    sentence = "There is no room for more catalogues. Forget one first."


class UnknownCatalogue(NotFound):
    code = "unknown_module_catalogue"
    sentence = "This catalogue is not here."


class TooManyPlans(TooLarge):
    code = "too_many_plans"
    sentence = "There is no room for more plans. Forget one first."


class TooManyPlanItems(TooLarge):
    code = "too_many_plan_items"
    sentence = "There is no room for more in this plan. Remove something first."


class UnknownPlan(NotFound):
    code = "unknown_plan"
    sentence = "This plan is not here."


class UnknownPlanItem(NotFound):
    code = "unknown_plan_item"
    sentence = "This part of the plan is not here."


class UnknownModule(NotFound):
    code = "unknown_module"
    sentence = "This module is in none of the catalogues that are here."


class NotAGap(Invalid):
    code = "not_a_gap"
    sentence = "This skill is not missing for this work."


class NoPlanTarget(Invalid):
    code = "no_plan_target"
    sentence = "Choose the work that the plan is for."


class PlanDates(Invalid):
    code = "plan_dates"
    sentence = "The first day must come before the last day. Write a day as 2027-02-01."


class OutcomeOff(Conflict):
    code = "plan_outcome_off"
    sentence = "Nothing is counted. Switch it on first."
