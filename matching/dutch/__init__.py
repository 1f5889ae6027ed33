"""From Dutch words of work to the English words that names of skills use, by a dictionary of our own.

Most skills have no Dutch name in what is shipped. So Dutch text is read word by word, and only what the
taxonomy's own names say comes out.
"""
