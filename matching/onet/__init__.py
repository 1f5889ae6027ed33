"""O*NET: what occupations ask of 35 skills and 33 knowledge areas, and the crosswalk to ESCO.

`load_onet()` gives what is shipped: read and verified once, whole, without a network.
"""

from matching.onet.crosswalk import CrossMatch, MatchType
from matching.onet.items import OnetItem
from matching.onet.model import Onet, OnetOccupation
from matching.onet.shipped import load_onet, read_onet_bundle

__all__ = ["CrossMatch", "MatchType", "Onet", "OnetItem", "OnetOccupation", "load_onet", "read_onet_bundle"]
