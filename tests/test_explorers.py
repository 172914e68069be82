"""Every explorer without a browser: state, controls, picture, readout, errors, stills."""

import math
import re

import pytest
from traitlets import TraitError

from micrograd_lesson import MLP, Value, explorers
from micrograd_lesson.explorers import (BackwardStepper, DescentExplorer, ForwardExplorer, NeuronExplorer,
                                        NudgeExplorer, SlopeExplorer)


def f(x):
    return 3 * x**2 - 4 * x + 5


def twice_used():
    a, b = Value(-2, "a"), Value(3, "b")
    d, e = a * b, a + b
    d.label, e.label = "d", "e"
    root = d * e
    root.label = "f"
    return root


MAKE = {
    "SlopeExplorer": lambda: SlopeExplorer(f, x=3.0, h=1.0),
    "NudgeExplorer": lambda: NudgeExplorer("(a*b + c)*f", a=2, b=-3, c=10, f=-2),
    "BackwardStepper": lambda: BackwardStepper(twice_used(), step=2),
    "NeuronExplorer": NeuronExplorer,
    "DescentExplorer": DescentExplorer,
    "ForwardExplorer": ForwardExplorer,
}


def text(explorer):
    """The readout without its markup."""
    return re.sub(r"<br>", "\n", re.sub(r"<(?!br)[^>]*>", "", explorer._readout.value))


def test_every_explorer_is_tested():
    assert set(MAKE) == set(explorers.__all__) - {"Explorer"}


@pytest.fixture(params=MAKE)
def explorer(request):
    return MAKE[request.param]()


def shown(explorer):
    """(picture, readout), without the ids that every redraw makes anew."""
    return re.sub(r'(id="|url\(#|href="#)\w+', "", explorer._moving.value), explorer._readout.value


def test_every_control_moves_the_picture_and_back(explorer):
    picture, readout = shown(explorer)
    assert explorer.error == ""
    for name, control in explorer.controls.items():
        kept = getattr(explorer, name)
        others = [v for v in getattr(control, "options", ()) if v != kept] or [control.min, control.max]
        if hasattr(control, "base"):
            others = [control.base ** v for v in others]
        for value in others:
            control.value = value  # as the page does
            assert getattr(explorer, name) == value and explorer.error == ""
            assert value == kept or shown(explorer)[0] != picture
        setattr(explorer, name, kept)  # as Python does
        assert control.value == kept
        assert shown(explorer) == (picture, readout)


def test_a_still_picture_and_words_stand_where_no_kernel_runs(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert {"image/png", "image/svg+xml"} & set(data)
    assert explorer.picture.alt in data["text/plain"] and "0x" not in data["text/plain"]


def test_the_picture_has_its_words(explorer):
    assert re.search(r'role="img" aria-label="[^"]{20,}"', explorer._moving.value)
    assert "aria-hidden" in explorer._still.value


def test_every_slider_has_a_number_box_that_follows_and_leads(explorer):
    rows = [row.children for row in explorer.children if len(getattr(row, "children", ())) == 2
            and hasattr(row.children[0], "readout")]
    assert rows
    for slider, box in rows:
        low, high = ((slider.base**slider.min, slider.base**slider.max) if hasattr(slider, "base")
                     else (slider.min, slider.max))
        slider.value = high
        assert box.value == pytest.approx(high)
        box.value = low
        assert slider.value == pytest.approx(low)
        box.value = low - 1e6
        assert slider.value == pytest.approx(low) and explorer.error == ""


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1e9, -1e9])
def test_a_number_out_of_range_is_refused_with_a_sentence_and_changes_nothing(explorer, bad):
    before = shown(explorer)
    for name in explorer.controls:
        kept = getattr(explorer, name)
        if isinstance(kept, str):
            continue
        if isinstance(kept, int):
            if not math.isfinite(bad):
                continue
            bad = int(bad)
        with pytest.raises(TraitError, match=rf"^{name} goes from .* lies outside\.$"):
            setattr(explorer, name, bad)
        assert getattr(explorer, name) == kept and shown(explorer) == before


@pytest.mark.parametrize("make, sentence", [
    (lambda: SlopeExplorer(f, x=10), "x goes from -5 to 5; 10 lies outside"),
    (lambda: SlopeExplorer(f, h=0), "h goes from 1e-16 to 3.162; 0 lies outside"),
    (lambda: DescentExplorer(rate=-0.1), "rate goes from 0 to 1.2; -0.1 lies outside"),
    (lambda: BackwardStepper(twice_used(), step=99), "step goes from 0 to 3; 99 lies outside"),
])
def test_so_is_one_given_at_the_start(make, sentence):
    with pytest.raises((TraitError, ValueError), match=sentence):
        make()


def test_a_word_where_a_number_belongs_is_refused(explorer):
    for name in explorer.controls:
        if not isinstance(getattr(explorer, name), str):
            with pytest.raises(TraitError):
                setattr(explorer, name, "much")


def test_two_on_one_page_are_independent():
    for make in MAKE.values():
        one, other = make(), make()
        before = other._moving.value, other._readout.value
        for name, control in one.controls.items():
            control.value = control.options[-1] if hasattr(control, "options") else control.max
        assert (other._moving.value, other._readout.value) == before


# Slope


def test_slope_shows_the_measured_slope():
    slope = SlopeExplorer(f, x=3.0, h=0.001)
    assert "f(3) = 20, f(3 + 0.001) = 20.014003" in text(slope)
    assert "= 14.003" in text(slope) and "tangent's slope is 14.000000" in text(slope)
    slope.x = -3.0
    assert "tangent's slope is -22.000000" in text(slope)


def test_slope_shows_the_error():
    assert text(SlopeExplorer(f, x=3.0, h=0.25)).endswith("error: 0.75")


@pytest.mark.parametrize("g, x", [(abs, 0.0), (math.floor, 1.0), (lambda x: max(0.0, x), 0.0)])
def test_slope_says_where_there_is_no_tangent(g, x):
    slope = SlopeExplorer(g, x=x, h=0.5)
    assert "no tangent here" in text(slope) and "no tangent" in slope.picture.alt


def test_slope_reaches_the_edge_of_a_domain():
    slope = SlopeExplorer(math.sqrt, x=0.01, h=0.1, xlim=(0, 5))
    assert "tangent's slope is 5.000000" in text(slope)
    slope.x = 0.0
    assert "no tangent here" in text(slope)


def test_slope_says_when_the_nudge_is_lost():
    assert "x + h rounds to x" in text(SlopeExplorer(f, x=3.0, h=1e-16))


def test_a_state_between_two_steps_of_the_slider_stays_exact():
    slope = SlopeExplorer(f, x=3.0, h=0.002)
    slope.controls["x"].value = 3.04  # within half a step of 3.0: a page's rounding, not a move
    assert slope.x == 3.0
    slope.controls["x"].value = 3.1
    assert slope.x == 3.1


def test_a_function_that_raises_shows_its_error():
    def broken(x):
        if x > 4:
            raise RuntimeError("no <further>")
        return x

    slope = SlopeExplorer(broken, x=1.0, h=0.1)
    slope.x = 4.5
    assert slope.error == "RuntimeError: no <further>" and "no &lt;further&gt;" in slope._readout.value
    slope.x = 1.0
    assert slope.error == ""


# Nudge


@pytest.mark.parametrize("leaf, gradient", [("a", 6), ("b", -4), ("c", -2), ("f", 4)])
def test_nudge_predicts_with_the_gradient(leaf, gradient):
    nudge = MAKE["NudgeExplorer"]()
    nudge.leaf, nudge.nudge = leaf, 0.5
    assert f"{gradient:.6f} × 0.5 = {gradient / 2:+.6f}" in text(nudge)
    assert f"real change: {gradient / 2:+.6f}" in text(nudge) and "They agree" in text(nudge)


def test_nudge_says_where_the_result_bends():
    nudge = NudgeExplorer(lambda x: x * x, x=3, name="y")
    nudge.nudge = 1.0
    assert "y goes from 9.000000 to 16.000000" in text(nudge)
    assert "They differ by +1.000000" in text(nudge)


@pytest.mark.parametrize("leaf, lines", [("a", 6), ("b", 6), ("c", 4), ("f", 2)])
def test_nudge_marks_the_leaf_and_its_way_to_the_result(leaf, lines):
    nudge = MAKE["NudgeExplorer"]()
    nudge.leaf = leaf
    moved = nudge._moving.value
    assert moved.count("<path") == lines and moved.count("<polygon") == 1
    assert moved.count("stroke:var(--ml-moved") == lines + 1


def test_nudge_keeps_the_gradients_of_the_start():
    nudge = MAKE["NudgeExplorer"]()
    nudge.nudge = 1.0  # at a = 3 the gradient of b would be -6
    assert "data 3.0000" in nudge._moving.value and "grad -4.0000" in nudge._moving.value


@pytest.mark.parametrize("expression, start, nudge, words", [
    ("tanh(a)", 0.5, 0.0, "No nudge, no change"),
    ("a*a*a", 0.3, -0.9, "They agree at this nudge"),  # where the tangent crosses the cubic
    ("3*a", 0.5, 0.7, "runs straight"),
    ("a*a", 0.5, 0.7, "bends on the way"),
])
def test_nudge_claims_no_more_than_it_knows(expression, start, nudge, words):
    explorer = NudgeExplorer(expression, a=start)
    explorer.nudge = nudge
    assert words in text(explorer)


class Overwriting(Value):
    """Lesson 04's mistake: = where += belongs."""

    __slots__ = ()

    def __add__(self, other):
        return Overwriting.made(super().__add__(other))

    def __mul__(self, other):
        return Overwriting.made(super().__mul__(other))

    @staticmethod
    def made(value):
        out = Overwriting(value.data)
        out._prev, out._op, out._local = value._prev, value._op, value._local
        return out

    def _backward(self):
        for parent, local in zip(self._prev, self._local):
            parent.grad = local * self.grad


def test_nudge_tells_a_wrong_gradient_from_a_bend():
    assert "This gradient is wrong: a tiny nudge of a gives the slope 2.0000" in text(
        NudgeExplorer(lambda a: a + a, a=3, value=Overwriting))


def test_nudge_refuses_to_draw_another_expression():
    nudge = NudgeExplorer(lambda a, b, c: a * b if a.data > 0 else a * c, a=0.5, b=2, c=30)
    nudge.nudge = -1.0
    assert "another shape" in nudge.error


@pytest.mark.parametrize("make, sentence", [
    (lambda: NudgeExplorer("value*x", value=2, x=3), "a leaf cannot be called value or name"),
    (lambda: NudgeExplorer("3", a=1), "gives int 3, not a Value"),
])
def test_nudge_says_what_it_cannot_take(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_any_other_name_can_be_a_leaf():
    assert NudgeExplorer("expression*self + e", expression=2, self=3, e=1).error == ""


def test_nudge_takes_functions_text_and_classes():
    class Mine(Value):
        __slots__ = ()

    by_text = NudgeExplorer("tanh(x*w + 1)", x=2, w=-3)
    by_function = NudgeExplorer(lambda x, w: (x * w + 1).tanh(), x=2, w=-3, value=Mine)
    assert text(by_text) == text(by_function)


@pytest.mark.parametrize("make, sentence", [
    (lambda: NudgeExplorer("a*b", a=1), "uses b, which is not a leaf; leaves are a"),
    (lambda: NudgeExplorer("a*b"), "name at least one leaf"),
])
def test_nudge_refuses_with_a_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_nudge_shows_an_expression_that_raises():
    nudge = NudgeExplorer("log(x)", x=0.5)
    nudge.nudge = -1.0
    assert "log(-0.5)" in nudge.error
    nudge.nudge = 0.1
    assert nudge.error == ""


# Stepper


def test_stepper_ends_with_the_right_gradients_and_leaves_yours_alone():
    root = twice_used()
    root._prev[0].grad = 42.0
    stepper = BackwardStepper(root)
    stepper.step = 3
    assert "data -2.0000" in stepper._moving.value
    assert "grad -3.0000" in stepper._moving.value and "grad -8.0000" in stepper._moving.value
    assert root._prev[0].grad == 42.0 and root.grad == 0.0


def test_stepper_shows_local_times_incoming_and_the_running_sum():
    stepper = BackwardStepper(twice_used())
    stepper.step = 3
    lines = text(stepper).splitlines()
    assert lines[0] == "Step 3: d = *, incoming gradient 1"
    assert lines[1] == "a: local 3 × incoming 1 = 3; gradient -6 → -3"
    assert lines[2] == "b: local -2 × incoming 1 = -2; gradient -6 → -8"


def test_stepper_in_a_wrong_order_says_what_went_wrong():
    a = Value(1, "a")
    b = a + a
    c = b + b
    b.label, c.label = "b", "c"
    stepper = BackwardStepper(c)
    stepper.step = 2
    assert "grad 4.0000" in stepper._moving.value and "Wrong" not in text(stepper)
    stepper.order = "forward"
    assert "Wrong at the end: a 0 instead of 4" in text(stepper)


def test_nearest_first_is_wrong_where_ways_differ_in_length():
    a = Value(2, "a")
    b = a * a
    c = b * a
    d = b * c  # b is one step from d, and also two
    stepper = BackwardStepper(d)
    stepper.order, stepper.step = "nearest first", 3
    assert "Wrong at the end: a " in text(stepper) and "instead of 80" in text(stepper)


def test_stepper_blames_the_rule_where_the_order_was_right():
    a, b = Overwriting(-2, "a"), Overwriting(3, "b")
    stepper = BackwardStepper((a * b) * (a + b), step=3)
    assert "Wrong at the end: a 3 instead of -3, b -2 instead of -8. The order was right, so a rule is wrong" in text(stepper)
    stepper.order = "nearest first"
    assert "instead of -3" in text(stepper)


def test_stepper_marks_what_happens_and_pales_what_is_not_reached():
    stepper = BackwardStepper(twice_used(), step=1)
    shown = stepper._moving.value
    assert shown.count("stroke:var(--ml-moved") == 1 and shown.count("<polygon") == 3  # f, and its parents d and e
    assert shown.count("stroke:var(--ml-gradient") == 2 + 3  # two boxes; two lines in, one line out
    assert len(re.findall(r"fill:var\(--ml-muted, #\w+\)\">grad", shown)) == 2  # a and b
    assert len(re.findall(r"fill:var\(--ml-gradient, #\w+\)\">grad", shown)) == 3
    assert len(re.findall(r"fill:var\(--ml-data, #\w+\)\">data", shown)) == 5


def test_stepper_buttons():
    stepper = BackwardStepper(twice_used())
    back, forth = next(row.children for row in stepper.children
                       if [getattr(c, "description", "") for c in getattr(row, "children", ())][:1] == ["◀ Back"])
    back.click()
    assert stepper.step == 0
    for _ in range(9):
        forth.click()
    assert stepper.step == stepper.controls["step"].max == 3


class Typed:
    """What a learner types in: closures, parents in a set."""

    def __init__(self, data, parents=(), op="", label=""):
        self.data, self.grad, self.label, self._op, self._prev = data, 0.0, label, op, set(parents)
        self._backward = lambda: None

    def __mul__(self, other):
        out = Typed(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out


def test_stepper_steps_a_learners_class():
    a, b = Typed(2.0, label="a"), Typed(5.0, label="b")
    stepper = BackwardStepper(a * b)
    stepper.step = 1
    assert "a: local 5 × incoming 1 = 5; gradient 0 → 5" in text(stepper)
    assert "b: local 2 × incoming 1 = 2; gradient 0 → 2" in text(stepper)


def test_stepper_refuses_a_leaf():
    with pytest.raises(ValueError, match="nothing to step through"):
        BackwardStepper(Value(1))


# Neuron


def test_neuron_shows_its_numbers():
    neuron = NeuronExplorer(w1=1.0, w2=-1.0, b=0.5, x1=2.0, x2=1.0)
    assert "1·2 + (-1)·1 + 0.5 = 1.5000" in text(neuron)
    assert f"a = tanh(z) = {math.tanh(1.5):.4f}, slope there {1 - math.tanh(1.5)**2:.4f}" in text(neuron)
    neuron.activation = "relu"
    assert "da/dw1 = slope · x1 = 2.0000" in text(neuron)


def test_neuron_shows_a_point_beyond_the_edge_on_the_edge():
    neuron = NeuronExplorer("relu", w1=1.0, w2=-1.0, b=0.5, x1=4.0, x2=1.0)
    assert "beyond the edge: z = 3.5, a = 3.5" in neuron._moving.value
    neuron.x1 = 2.0
    assert "beyond" not in neuron._moving.value


def test_neuron_agrees_with_the_engine():
    neuron = NeuronExplorer("sigmoid", w1=0.3, w2=-0.7, b=0.2, x1=1.5, x2=-2.0)
    w1, w2, b = Value(0.3), Value(-0.7), Value(0.2)
    a = (w1 * 1.5 + w2 * -2.0 + b).sigmoid()
    a.backward()
    assert f"a = sigmoid(z) = {a.data:.4f}" in text(neuron)
    for name, value in (("w1", w1), ("w2", w2), ("b", b)):
        assert re.search(rf"da/d{name} = [^=,]*(= )?{value.grad:.4f}".replace(".", r"\."), text(neuron))


# Descent


@pytest.mark.parametrize("rate, steps, word", [(0.0, 5, "Stands still"), (1.0, 2, "Bounces"), (0.75, 1, "Bounces"),
                                               (0.3, 1, "On its way down"), (0.3, 0, "No step")])
def test_descent_names_the_first_steps_too(rate, steps, word):
    assert word in text(DescentExplorer(rate=rate, start=-3.0, steps=steps))


@pytest.mark.parametrize("rate, word", [(0.01, "Crawls"), (0.05, "On its way down"), (0.3, "Converges"), (0.5, "Converges"),
                                        (0.9, "Bounces"), (1.1, "Blows up")])
def test_descent_names_what_the_rate_does(rate, word):
    descent = DescentExplorer(rate=rate, start=-3.0, steps=20)
    assert word in text(descent)


def test_descent_shows_the_next_step():
    descent = DescentExplorer(rate=0.1, start=-3.0, steps=0)
    assert "-3 − 0.1 · -9 = -2.1" in text(descent) and "No step taken yet" in text(descent)


@pytest.mark.parametrize("loss, options, word", [
    (lambda w: -w * w, {"rate": 0.5, "start": 1.0, "steps": 40}, "Runs away"),
    (lambda w: (w - 1.5) ** 2 - 30, {"rate": 0.1, "start": 1.6, "steps": 1}, "On its way down"),
    (lambda w: math.log(w), {"rate": 1.0, "start": 0.5, "steps": 3}, "Leaves the loss"),
])
def test_descent_names_odd_losses_truly(loss, options, word):
    assert word in text(DescentExplorer(loss, **options))


def test_descent_on_a_loss_of_your_own():
    descent = DescentExplorer(lambda w: w**4, rate=0.01, start=1.0, steps=1, xlim=(-2, 2))
    assert "w = 0.96" in text(descent)


# Forward


def by_hand(x1, x2, y1=0.7, y2=0.6):
    """The forward pass of the ice-cream network and five of its gradients, in plain mathematics."""
    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    a1, a2 = sigmoid(0.3 * x1 + 0.4 * x2 + 0.1), sigmoid(-0.1 * x1 + 0.2 * x2 - 0.1)
    z3, z4 = 0.5 * a1 - 0.2 * a2 + 0.2, -0.3 * a1 + 0.6 * a2 + 0.3
    a3, a4 = sigmoid(z3), sigmoid(z4)
    d3, d4 = (a3 - y1) * a3 * (1 - a3), (a4 - y2) * a4 * (1 - a4)
    d1 = (0.5 * d3 - 0.3 * d4) * a1 * (1 - a1)
    return ({"a1": a1, "a2": a2, "z3": z3, "z4": z4, "a3": a3, "a4": a4, "L": ((a3 - y1)**2 + (a4 - y2)**2) / 2},
            {"w1": d1 * x1, "w2": d1 * x2, "w5": d3 * a1, "w8": d4 * a2, "b3": d3, "z3": d3, "a3": a3 - y1})


@pytest.mark.parametrize("x1, x2", [(0.5, 0.8), (0.0, 1.0), (0.25, 0.1)])
def test_forward_shows_what_the_mathematics_says(x1, x2):
    numbers, gradients = by_hand(x1, x2)
    explorer = ForwardExplorer(show="gradients")
    explorer.x1, explorer.x2 = x1, x2
    shown, moving = text(explorer), explorer._moving.value.replace("\N{MINUS SIGN}", "-")
    for name in ("a1", "a2", "z3", "z4", "a3", "a4"):
        assert f"{numbers[name]:+.4f}" in moving
    for name, gradient in gradients.items():
        assert f"{gradient + 0.0:+.5f}" in moving  # 0 is not written -0
    assert f"a3 = {numbers['a3']:.4f}, a4 = {numbers['a4']:.4f}" in shown
    assert f"= {numbers['L']:.6f}" in shown and f"{numbers['L']:.6f}" in moving


def test_forward_names_the_largest_gradient_and_what_it_says():
    explorer = ForwardExplorer()
    assert f"largest gradient: b3, {by_hand(0.5, 0.8)[1]['b3']:+.5f}, so raising b3 lowers the loss" in text(explorer)
    assert "raises the loss" in text(ForwardExplorer(targets=[0.5, 0.6]))


def test_forward_says_nothing_of_a_gradient_where_all_are_zero():
    numbers = by_hand(0.5, 0.8)[0]
    assert text(ForwardExplorer(targets=[numbers["a3"], numbers["a4"]])).endswith("+0.00000")


def test_forward_takes_a_network_and_leaves_it_alone():
    net = MLP(2, [2, 2], "tanh")
    for i, p in enumerate(net.parameters()):
        p.data, p.grad = i / 10, 42.0
    explorer = ForwardExplorer(net, targets=[0.1, 0.2], x1=0.3, x2=1.0)
    a3, a4 = (a.data for a in net([0.3, 1.0]))
    assert f"a3 = {a3:.4f}, a4 = {a4:.4f}" in text(explorer)
    assert f"= {((a3 - 0.1)**2 + (a4 - 0.2)**2) / 2:.6f}" in text(explorer)
    assert {p.grad for p in net.parameters()} == {42.0}
    net.parameters()[0].data = 5.0
    explorer.x1 = 0.31
    explorer.x1 = 0.3
    assert f"a3 = {a3:.4f}" in text(explorer)


def test_forward_knows_z_without_an_activation_too():
    numbers, _ = ForwardExplorer(MLP(2, [2, 2], "linear"))._numbers()
    assert all(numbers[f"z{i}"] == numbers[f"a{i}"] for i in range(1, 5))


@pytest.mark.parametrize("sizes", [(2, [2]), (2, [3, 2]), (3, [2, 2]), (2, [2, 2, 2])])
def test_forward_refuses_another_shape(sizes):
    with pytest.raises(ValueError, match=r"room for MLP\(2, \[2, 2\]\)"):
        ForwardExplorer(MLP(*sizes))
