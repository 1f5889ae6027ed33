"""Dutch vocational qualifications of 2015, and the occupations that their names suggest.

`load_mbo()` gives what is shipped. A suggestion is never a fact: the person says what work it was for.
"""

from matching.mbo.model import Mbo, Qualification
from matching.mbo.shipped import load_mbo
from matching.mbo.suggest import Suggested, suggest_occupations

__all__ = ["Mbo", "Qualification", "Suggested", "load_mbo", "suggest_occupations"]
