"""How many people a function profile reaches, on made-up people: what each demand on proof costs.

    population   who the people are and what they could prove: assumptions, all in one table, none of it data
    policies     the profile as it asks, and with other demands on proof
    simulate     how many meet each, by the very rules that a verifier decides with

Everything that comes out says that it is synthetic. Absolute numbers mean nothing; the ratio between two
policies on the same people says which demand keeps out whom.
"""

from matching.reach.picture import draw_reach
from matching.reach.simulate import PolicyReach, Reach, simulate

__all__ = ["PolicyReach", "Reach", "draw_reach", "simulate"]
