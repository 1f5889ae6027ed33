"""The last that the server of forks imports: what is there by then is left alone in every process forked from it.

A service looks once through all that it loaded, when it starts; of what came with the fork that is done here.
"""

import gc

gc.collect()
gc.freeze()
