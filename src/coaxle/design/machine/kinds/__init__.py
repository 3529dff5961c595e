"""Machine types: each module a Design, its checks and its cross-section.

Comes in: a Design. Goes out: :class:`coaxle.design.machine.section.Section` and facts.
"""
