"""images/ holds just what make_images.py draws, and the README shows nothing else."""

import io
import re
import runpy
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MOST = 1 / 5000  # of an image's pixels: a line that is dotted now changes four times as many
IMAGES = runpy.run_path(str(ROOT / "images" / "make_images.py"))["IMAGES"]


def pixels(data):
    """The colours of an image, the first and the last of a moving one, one over the other."""
    image = Image.open(io.BytesIO(data))
    frames = []
    for frame in sorted({0, getattr(image, "n_frames", 1) - 1}):
        image.seek(frame)
        frames.append(np.asarray(image.convert("RGB"), float))
    return np.concatenate(frames)


def words_and_colours(svg):
    """Its words in their order, and how often each colour is used."""
    svg = svg.decode()
    return re.findall(r"<(?:text|title)[^>]*>([^<]*)<", svg), Counter(
        re.findall("#[0-9a-f]{6}", svg)
    )


def share_that_differs(stored, drawn):
    """Which part of the pixels has another colour: by 12 of 255 or more, in red, green or blue."""
    return (np.abs(stored - drawn).max(axis=-1) >= 12).mean()


@pytest.mark.parametrize("name", IMAGES)
def test_a_redraw_gives_the_stored_image(name):
    stored, drawn = (ROOT / "images" / name).read_bytes(), IMAGES[name]()
    if name.endswith(".svg"):  # coordinates differ between systems, words and numbers do not
        assert words_and_colours(drawn) == words_and_colours(stored)
    else:
        assert pixels(drawn).shape == pixels(stored).shape
        assert share_that_differs(pixels(stored), pixels(drawn)) < MOST


def test_nothing_else_lies_in_the_folder():
    lying = {p.name for p in (ROOT / "images").iterdir() if p.is_file()}
    assert lying == {*IMAGES, "make_images.py"}


def test_the_readme_shows_images_that_exist():
    shown = re.findall(
        r"images/([\w.]+\.(?:png|svg|gif))", (ROOT / "README.md").read_text(encoding="utf-8")
    )
    assert shown and set(shown) <= set(IMAGES)


def test_the_moving_picture_is_light_enough_for_a_first_screen():
    data = (ROOT / "images" / "learning.gif").read_bytes()
    assert len(data) < 2_000_000
    assert Image.open(io.BytesIO(data)).n_frames > 20
