"""Cars that use maps: follow a cycle, accelerate, climb; N of them at once.

Comes in: :class:`Body`, powertrains made of Maps, a Cycle. Goes out: :class:`Runs`, :class:`Performance`.
Never lives here: how a map is made, what a car costs, which car is wanted.
"""
