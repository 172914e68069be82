"""images/ holds just what make_images.py draws, and the README shows nothing else."""

import io
import re
import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
IMAGES = runpy.run_path(str(ROOT / "images" / "make_images.py"))["IMAGES"]


def pixels(data):
    """The colours of an image, the first and the last of a moving one, one over the other."""
    image = Image.open(io.BytesIO(data))
    frames = []
    for frame in sorted({0, getattr(image, "n_frames", 1) - 1}):
        image.seek(frame)
        frames.append(np.asarray(image.convert("RGB"), float))
    return np.concatenate(frames)


def texts(svg):
    return re.findall(r"<(?:text|title)[^>]*>([^<]*)<", svg.decode())


@pytest.mark.parametrize("name", IMAGES)
def test_a_redraw_gives_the_stored_image(name):
    stored, drawn = (ROOT / "images" / name).read_bytes(), IMAGES[name]()
    if name.endswith(".svg"):  # coordinates differ between systems, words and numbers do not
        assert texts(drawn) == texts(stored)
    else:
        assert pixels(drawn).shape == pixels(stored).shape
        assert np.abs(pixels(drawn) - pixels(stored)).mean() < 0.1  # of 255


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
