"""What a host of the wallet lacks.

PassportError
└── Indeterminate   NotOnThisDevice, PdfNotOnThisDevice
"""

from passport.errors import Indeterminate


class NotOnThisDevice(Indeterminate):
    code = "not_on_this_device"
    sentence = (
        "This cannot be done on this device. It can be done with your wallet on a computer. "
        "Make a backup and restore it there."
    )


class PdfNotOnThisDevice(Indeterminate):
    code = "pdf_not_on_this_device"
    sentence = (
        "This device makes no PDF. Save the credential as a web page. Open it"
        " and choose: print as PDF. Or use your wallet on a computer."
    )
