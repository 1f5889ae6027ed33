"""What a host of the wallet lacks.

PassportError
└── Indeterminate   NotOnThisDevice
"""

from passport.errors import Indeterminate


class NotOnThisDevice(Indeterminate):
    code = "not_on_this_device"
    sentence = (
        "This cannot be done on this device. It can be done with your wallet on a computer. "
        "Make a backup and restore it there."
    )
