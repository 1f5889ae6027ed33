"""From what is missing to how to get there: modules, the smallest set of them, the plan, its calendar."""
