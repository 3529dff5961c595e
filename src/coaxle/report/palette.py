"""The colours of figures and page: one token, one light and one dark value.

Hues follow the colour-blind-safe set of Okabe and Ito (2008); text tokens keep a contrast of at least 4.5 to 1 on both
grounds. Print uses the light values.
"""

from __future__ import annotations

LIGHT_AND_DARK: dict[str, tuple[str, str]] = {
    # ground and ink
    "ground": ("#ffffff", "#15181c"),
    "panel": ("#f4f6f8", "#1d2127"),
    "raised": ("#e9edf1", "#272c34"),
    "rule": ("#d5dbe1", "#39404a"),
    "grid": ("#e4e8ec", "#2c323a"),
    "ink": ("#16202a", "#e9edf1"),
    "muted": ("#55616e", "#a9b3bf"),
    "accent": ("#0b5a94", "#74b9ef"),
    "changed": ("#fff1dc", "#3b2c14"),
    "changed-ink": ("#8a4300", "#f6b26b"),
    # partners, in the order of the project
    "partner-0": ("#0b64a8", "#63aeea"),
    "partner-1": ("#b54a00", "#f09a5b"),
    "partner-2": ("#00725f", "#45c0a5"),
    "partner-3": ("#7a3c9b", "#c794e6"),
    "partner-4": ("#8a6a00", "#dcb74a"),
    "partner-5": ("#55616e", "#a9b3bf"),
    # good, bad, and what a limit is
    "less": ("#00725f", "#45c0a5"),
    "more": ("#b54a00", "#f09a5b"),
    "target": ("#16202a", "#e9edf1"),
    # where energy goes
    "source": ("#0b64a8", "#4d9bd8"),
    "recovered": ("#3d9ad6", "#8cc8f5"),
    "road": ("#6d7884", "#98a3af"),
    "unit": ("#c25608", "#ef8d47"),
    "transmission": ("#c79200", "#dcb03a"),
    "storage": ("#8450a5", "#b98ad6"),
    "auxiliaries": ("#008a6c", "#3dbb9a"),
    "brake": ("#a52a2a", "#e07b76"),
    "idle": ("#8b6b4e", "#bf9e7f"),
    "charging": ("#5a5fb0", "#9a9fe6"),
    # points on a map
    "point": ("#b93a00", "#ffb37a"),
    "point-rim": ("#ffffff", "#15181c"),
    # steps of a map, from worst to best
    "map-0": ("#f6f7f1", "#20262c"),
    "map-1": ("#ebf3e2", "#22303a"),
    "map-2": ("#dceedb", "#233a48"),
    "map-3": ("#c9e7d7", "#244556"),
    "map-4": ("#b3dfd5", "#265163"),
    "map-5": ("#9ad4d3", "#2a5e70"),
    "map-6": ("#80c8d1", "#306c7c"),
    "map-7": ("#67bacf", "#397b88"),
    "map-8": ("#51abcb", "#468b94"),
    "map-9": ("#3f9ac4", "#579ca1"),
    # steps of a heat map, from empty to full
    "heat-0": ("#f7f9fb", "#1d2127"),
    "heat-1": ("#e3eef7", "#1f2f3e"),
    "heat-2": ("#c8dff0", "#213c53"),
    "heat-3": ("#abcfe8", "#244a69"),
    "heat-4": ("#8dbde0", "#28597f"),
    "heat-5": ("#f3b37a", "#86501e"),
}
PARTNERS = 6
MAP_STEPS = 10
HEAT_STEPS = 6


def light(token: str) -> str:
    """Return the light value of ``token``: what a figure that stands alone is drawn in."""
    return LIGHT_AND_DARK[token][0]


def partner(index: int) -> str:
    """Return the token of the partner at ``index`` of the project; the last one serves all that follow."""
    return f"partner-{min(index, PARTNERS - 1)}"


def stylesheet() -> str:
    """Return the tokens as custom properties, and the classes by which figures refer to them.

    A figure carries its light colours as attributes, which any rule of a style sheet overrides: the page recolours
    figures, and each still stands alone.
    """
    light_values = "".join(f"--{token}:{value[0]};" for token, value in LIGHT_AND_DARK.items())
    dark_values = "".join(f"--{token}:{value[1]};" for token, value in LIGHT_AND_DARK.items())
    rules = "".join(
        f".f-{token}{{fill:var(--{token})}}.s-{token}{{stroke:var(--{token})}}.b-{token}{{background:var(--{token})}}"
        for token in LIGHT_AND_DARK
    )
    return (
        f":root{{color-scheme:light;{light_values}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;"
        f"{dark_values}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark_values}}}}}\n"
        f"{rules}\n"
    )
