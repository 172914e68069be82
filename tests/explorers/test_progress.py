"""progress: the rounds come out as they went in; what a page keeps is safe, and the same each time."""

import subprocess
import sys

import pytest

from micrograd_lesson.explorers import progress


def bar_of(made):
    """(the words on the left, the bar, the words on the right): tqdm's widgets."""
    return made.container.children


def test_it_passes_every_round_on_and_the_bar_ends_full():
    made = progress(range(5), "training", display=False)
    assert list(made) == [0, 1, 2, 3, 4]
    left, bar, _ = bar_of(made)
    assert (bar.value, bar.bar_style) == (5, "success")
    assert "training" in left.value


@pytest.mark.parametrize(
    "rounds, words",
    [(range(40), "training: 40 rounds"), (iter([]), "training: one round after another")],
)
def test_what_a_page_keeps_is_the_same_before_and_after(rounds, words):
    made = progress(rounds, display=False)
    before = repr(made.container)
    list(made)
    assert repr(made.container) == before == words


def test_a_loop_that_raises_leaves_the_bar_where_it_was():
    made = progress(range(5), display=False)
    with pytest.raises(ZeroDivisionError):
        for i in made:
            1 / (3 - i)
    made.close()
    _, bar, _ = bar_of(made)
    assert made.n == 3 and bar.bar_style == "danger"


def test_a_description_is_a_text_and_no_markup(monkeypatch):
    seen = []
    monkeypatch.setattr("tqdm.notebook.display", lambda box: seen.append(box.children[0].value))
    made = progress(range(2), "<img src=x onerror=alert(1)> & more")
    list(made)
    seen.append(bar_of(made)[0].value)
    assert len(seen) == 2  # when the bar is put on the page, and at the end
    for html in seen:
        assert html.startswith("&lt;img") and "<" not in html and "&amp;" in html


@pytest.mark.slow
def test_an_executed_notebook_keeps_the_same_bytes():
    """In another process the bars have the same ids, and two with the same words have two."""
    program = (
        "from micrograd_lesson.explorers import progress\n"
        "for words in ('a', 'b', 'b'):\n"
        "    print(progress(range(3), words, display=False).container.model_id)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    ids = runs[0].stdout.split()
    assert runs[1].stdout.split() == ids
    assert len(set(ids)) == 3
