"""One picture a module, each a function from figures of the field to a self-contained SVG.

Comes in: maps, runs, traces, plans, plain arrays. Goes out: the text of an ``svg`` element.
"""
