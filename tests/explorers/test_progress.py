"""progress: the rounds come out as they went in, and the stored words do not depend on the machine."""

import pytest

from micrograd_lesson.explorers import progress


def test_it_passes_every_round_on_and_the_bar_ends_full():
    bar = progress(range(5), "training", display=False)
    assert list(bar) == [0, 1, 2, 3, 4]
    assert bar.container.children[1].value == 5 and bar.container.children[1].bar_style == "success"
    assert "training" in bar.container.children[0].value


@pytest.mark.parametrize(
    "rounds, words",
    [(range(40), "training: 40 rounds"), (iter([]), "training: one round after another")],
)
def test_what_a_page_keeps_is_the_same_before_and_after(rounds, words):
    bar = progress(rounds, display=False)
    before = repr(bar.container)
    list(bar)
    assert repr(bar.container) == before == words


def test_a_loop_that_raises_leaves_the_bar_where_it_was():
    bar = progress(range(5), display=False)
    with pytest.raises(ZeroDivisionError):
        for i in bar:
            1 / (3 - i)
    bar.close()
    assert bar.n == 3 and bar.container.children[1].bar_style == "danger"
