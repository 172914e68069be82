"""The colours: legible on both themes, apart for colour-blind readers, changed by a page's theme."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from micrograd_lesson import palette
from micrograd_lesson.explorers.view import STYLE_SHEET

PAGES = {"light": ((255, 255, 255), 0), "dark": ((17, 17, 17), 1)}
MEANINGS = ["data", "gradient", "operation", "moved"]
# Linear-light simulation of full colour-vision deficiency: Viénot, Brettel and Mollon (1999).
DEFICIENCY = {
    "none": np.eye(3),
    "protan": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "deutan": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
}


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def linear(rgb):
    c = np.array(rgb) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(rgb):
    return linear(rgb) @ (0.2126, 0.7152, 0.0722)


def contrast(one, other):
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(linear_rgb):
    """CIELAB, D65."""
    xyz = (
        np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
        @ linear_rgb
    )
    f = np.cbrt(np.maximum(xyz / (0.9505, 1.0, 1.089), 0))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["ink", "muted", *MEANINGS])
def test_text_in_every_colour_is_legible(page, name):
    background, theme = PAGES[page]
    assert contrast(rgb(palette.COLOURS[name][theme]), background) >= 4.5


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("deficiency", DEFICIENCY)
def test_meanings_stay_apart(theme, deficiency):
    seen = {
        name: lab(np.clip(DEFICIENCY[deficiency] @ linear(rgb(palette.COLOURS[name][theme])), 0, 1))
        for name in MEANINGS
    }
    for one, other in combinations(MEANINGS, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 12, (one, other)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_style_sheet_of_the_explorers_has_the_same_colours(theme):
    blocks = re.findall(r"\{([^}]*--ml-ink: [^}]*)\}", STYLE_SHEET)
    assert len(blocks) == 2
    written = dict(re.findall(r"--ml-(\w+): (#\w+);", blocks[theme]))
    assert written == {name: pair[theme] for name, pair in palette.COLOURS.items()}


def test_themed_turns_each_colour_into_a_variable():
    for name, (light, _) in palette.COLOURS.items():
        svg = f'<path style="stroke: {light}" fill="{light}"/><text>{light}</text>'
        variable = f"var(--ml-{name}, {light})"
        assert palette.themed(svg) == (
            f'<path style="stroke: {variable}" fill="{variable}"/><text>{light}</text>'
        )


def test_an_image_turns_dark_in_each_colour():
    for light, dark in palette.COLOURS.values():
        svg = f'<svg width="1"><path style="stroke: {light};" fill="{light}"/></svg>'
        changed = palette.in_either_scheme(svg)
        assert re.sub("<style>.*</style>", "", changed) == svg
        rules = re.search(r"@media \(prefers-color-scheme:dark\)\{(.*)\}</style>", changed)[1]
        for paint in ("fill", "stroke"):
            for written in (f'="{light}"', f'*="{paint}: {light}"', f'*="{paint}:{light}"'):
                assert written in rules
            assert f"{{{paint}:{dark}!important}}" in rules
        assert rules.count("{") == 2  # the colours that are there, and no more


@pytest.mark.parametrize("name", ["ink", "muted", *MEANINGS])
def test_text_in_every_colour_is_legible_on_its_own_paper(name):
    for theme in (0, 1):
        paper = rgb(palette.COLOURS["paper"][theme])
        assert contrast(rgb(palette.COLOURS[name][theme]), paper) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_ink_is_legible_on_the_darkest_shade_of_a_table(theme):
    """plots.confusion writes on the colour of data, at most 0.3 of it over the paper."""
    paper = np.array(rgb(palette.COLOURS["paper"][theme]))
    shade = 0.7 * paper + 0.3 * np.array(rgb(palette.COLOURS["data"][theme]))
    assert contrast(rgb(palette.COLOURS["ink"][theme]), shade) >= 4.5


def test_every_colour_is_used_once_in_either_theme():
    assert len({colour for pair in palette.COLOURS.values() for colour in pair}) == 2 * len(
        palette.COLOURS
    )


def test_the_web_site_has_the_same_colours():
    look = (Path(__file__).parents[1] / "site" / "look.css").read_text(encoding="utf-8")
    light, dark = (
        re.findall(r"--pst-color-([\w-]+): (#\w+);", block) for block in look.split("html[")[1:3]
    )
    assert [name for name, _ in light] == [name for name, _ in dark] != []
    pairs = {(one, other) for (_, one), (_, other) in zip(light, dark)}
    assert pairs <= set(palette.COLOURS.values())
