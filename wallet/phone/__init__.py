"""The wallet on a phone: the same pages and rules, in Python in the browser (docs/phone.md).

Everything here is pure; the browser's storage, keys and network come in through `host.Host`.
"""
