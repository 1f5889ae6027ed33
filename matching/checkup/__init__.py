"""The yearly check-up (loopbaan-APK): when it is due, what it records, what changed, what to do.

All of it is computed on the person's device. `due` knows days, `snapshot` is the document that the holder
signs, `changes` compares two of them, `actions` suggests what to do. Nothing here is a duty: R109.
"""
