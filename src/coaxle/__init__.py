"""coaxle: a workbench on which carmakers jointly engineer, share and plan powertrains.

>>> import coaxle as cx
>>> bench = cx.read("alliance.yaml")
>>> print(bench.drive("i4", "bev-rwd", cycle="WLTC-3b").consumption)
"""

from __future__ import annotations

__version__ = "0.1.0"
