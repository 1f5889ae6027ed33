"""Credentials in files that people pass on (Open Badges 3.0, section 5): pictures, pages, PDF files, lists.

    bake          a PNG or SVG with the credential in it
    credentials_in   what a file of any kind carries
    files_in      the files of an archive

A file is only a carrier: nothing that comes out of one is believed before `passport.verification` had it.
"""

from passport.baking.baking import bake
from passport.baking.inside import Inside, Version, for_a_file
from passport.baking.opening import FileKind, credentials_in, files_in, kind_of_file

__all__ = [
    "FileKind",
    "Inside",
    "Version",
    "bake",
    "credentials_in",
    "files_in",
    "for_a_file",
    "kind_of_file",
]
