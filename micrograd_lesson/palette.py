"""One visual language: the colours and the typeface of every graph, plot and readout.

Each colour has one meaning (only `plots.losses`, which compares runs, and `plots.boundary`,
which tells two classes apart, take them as plain labels). On white and on near-black every
colour of text reaches a contrast of 4.5 to 1, and the four meanings stay apart in the common
forms of colour blindness
(after Okabe and Ito, "Color Universal Design", 2008); none is ever the only sign.
"""

import re

TYPEFACE = "DejaVu Sans"  # comes with matplotlib, so PNGs look alike everywhere

#        meaning       in the light  in the dark
COLOURS = {
    "ink": ("#1f2a33", "#e7eaed"),  # text, axes, curves that only set the scene
    "muted": ("#5d6873", "#a3aeb9"),  # what matters less
    "grid": ("#dcdfe2", "#3b4249"),
    "paper": ("#fffefb", "#15191d"),
    "data": ("#005fa3", "#3f9fe8"),  # values of the forward pass
    "gradient": ("#b84700", "#ff9d5c"),  # slopes and gradients
    "operation": ("#00705a", "#45cfa8"),  # + * tanh …
    "moved": ("#8f2f7d", "#ffa6e8"),  # the point that you move
}

INK, MUTED, GRID, PAPER, DATA, GRADIENT, OPERATION, MOVED = (light for light, _ in COLOURS.values())


def themed(svg):
    """svg with each of our colours as a CSS variable, so that a page's theme can change it."""
    names = {light: name for name, (light, _) in COLOURS.items()}
    colours = "|".join(names)  # as the value of an attribute or a property, not in a text
    return re.sub(
        rf'(?:(?<=[:"])|(?<=: ))(?:{colours})', lambda m: f"var(--ml-{names[m[0]]}, {m[0]})", svg
    )


def in_either_scheme(svg):
    """svg, to be shown as an image, so that it turns dark where the page around it is dark.

    An image takes the scheme of the element that shows it (`color-scheme: dark`); where nothing
    knows of schemes, it looks as before.
    """
    rules = "".join(
        _repainted(paint, light, dark)
        for light, dark in COLOURS.values()
        for paint in ("fill", "stroke")
        if light in svg
    )
    style = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda tag: tag[0] + style, svg, count=1)


def _repainted(paint, light, dark):
    """The rule that paints in dark what an SVG paints in light; paint: "fill" or "stroke"."""
    as_attribute = f'[{paint}="{light}"]'
    in_style = f'[style*="{paint}:{light}"],[style*="{paint}: {light}"]'
    return f"{as_attribute},{in_style}{{{paint}:{dark}!important}}"
