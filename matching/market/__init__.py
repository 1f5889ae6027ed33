"""Labour-market data: what is asked and who looks, per occupation and region, from a named and signed source.

`document` is the format, `signed` whose word it is, `table` reads a publisher's CSV, `series` adds up one
occupation over regions, `chances`, `trend` and `backtest` are the open formulas, and `outlook` is what others
ask. Nothing here fetches anything, and nothing here says anything without a set.
"""
