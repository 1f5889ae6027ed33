"""Files that a command writes."""

from passport.errors.base import Conflict


class FileInTheWay(Conflict):
    code = "file_in_the_way"
    sentence = "There is a file under that name already. Choose another name for the key."
