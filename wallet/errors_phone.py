"""What goes wrong where the wallet for phones is built."""

from passport.errors import Indeterminate, Invalid


class NotForPhones(Invalid):
    code = "not_for_phones"
    sentence = "The wallet for phones can't be built: a part of it needs a library that a browser lacks."


class ToolMissing(Indeterminate):
    code = "phone_tool_missing"
    sentence = "The wallet for phones is built with Node and npm. Install Node 20 or newer, and try again."


class PackagesNotInstalled(Indeterminate):
    code = "phone_packages_not_installed"
    sentence = "The packages for the phone could not be installed. Look whether npm reaches its registry."


class PhoneNotBuilt(Indeterminate):
    code = "phone_not_built"
    sentence = "A step of building the wallet for phones failed."


class SnapshotTooLarge(Invalid):
    code = "phone_snapshot_too_large"
    sentence = "The snapshot of the wallet for phones is too large for a cheap phone."


class NoPhoneBuild(Indeterminate):
    code = "no_phone_build"
    sentence = "This folder holds no wallet for phones. Build it first: passport wallet site build."
