"""Lesson 05, more operations."""

import math

from ._check import NotYet, Wrong, call, close, decide, exercise, number, reason


@exercise("05.a")
def reflected_minus(answer):
    return decide("The data of 10 - a", answer, -7, {
        7: "7 is what it should be. But self is a, and other is the 10: what does self - other compute?",
        13: "13 is the sum. Put a for self and 10 for other into self - other.",
        -13: "only one of the two is subtracted: self - other is 3 - 10.",
        3: "3 is a itself; the method computes self - other.",
        10: "10 is other itself; the method computes self - other.",
    }, "self is a, whatever the side, so the copied line computes 3 - 10. The right one is (-self) + other.")


@exercise("05.b")
def corner(answer):
    return decide("The central difference at 0", answer, 0.5, {
        0: "0 is the slope on the left. One foot stands on the right, at height h.",
        1: "1 is the slope on the right. One foot stands on the left, at height 0.",
        -0.5: "relu rises from left to right: the right foot stands at h, the left one at 0.",
        2: "that is the run divided by the rise.",
    }, "The right foot stands at h, the left one at 0, and the run is 2h: h / 2h, half of each side.")


@exercise("05.1")
def sine(sin, value):
    for x, incoming, start in ((0.5, 2.0, 1.0), (-2.0, 3.0, 0.0), (3.0, -4.0, 2.0), (0.0, 1.0, -1.0)):
        v = value(x)
        v.grad = start
        out = call(sin, v)
        if not hasattr(out, "data") or not hasattr(out, "_prev"):
            raise Wrong(f"sin(v) should return a new Value, and returned {type(out).__name__} {out!r:.60}.")
        if not close(out.data, math.sin(x)):
            raise Wrong(f"The sine of {x:g} is {math.sin(x):.6g}; the data of your result is {out.data!r:.60}."
                        + (" math.sin works on radians, and so does the lesson."
                           if close(out.data, math.sin(math.radians(x))) else ""))
        if not isinstance(out._prev, (tuple, list)) or len(out._prev) != 1 or out._prev[0] is not v:
            raise Wrong("The parents should be a tuple of one, (v,) with a comma, so that backward() finds v.")
        if not out._op:
            raise Wrong('The result has no operation: name it "sin", between the parents and the local derivatives.')
        if not isinstance(out._local, (tuple, list)):
            raise Wrong("The local derivatives should be a tuple, one for each parent: (math.cos(v.data),) "
                        "with a comma. Without it, the brackets make a plain number.")
        if len(out._local) != 1:
            raise Wrong(f"One parent, one local derivative; your result keeps {len(out._local)}: they are the "
                        "fifth argument of Value.")
        if v.grad != start:
            raise Wrong("v.grad changed before the backward pass. Keep the local derivative, and leave the "
                        "multiplying to _backward.")
        local = number(out._local[0])
        if not close(local, math.cos(x)):
            why = reason(local, {
                math.sin(x): "this is the sine itself",
                -math.sin(x): "this is the slope of the cosine",
                -math.cos(x): "the sign is wrong; the sine rises at 0",
                math.cos(math.sin(x)): "take the cosine of v.data, not of the output",
                x * math.cos(x): "v.data stands in it once too often",
                math.cos(x) * incoming: "the incoming gradient comes later, in _backward",
            }, "the slope of the sine is the cosine, math.cos(v.data)")
            raise Wrong(f"At v = {x:g} the local derivative is {math.cos(x):.6g}, and yours is {local:.6g}: {why}.")
        out.grad = incoming
        out._backward()
        if not close(v.grad, start + math.cos(x) * incoming):
            raise Wrong("The local derivative is right, but _backward did not add local × incoming to v.grad.")
    return "One line of calculus: the value, and the cosine as local derivative."


@exercise("05.2")
def six_over_v(y_data, v_grad):
    decide("The data of y", y_data, 3, {
        1 / 3: "that is v divided by 6.",
        12: "that is 6 times v.",
        -3: "6 and 2 are both positive.",
    })
    return decide("The gradient of v", v_grad, -1.5, {
        1.5: "a larger divisor makes a smaller result, so the slope is negative.",
        -0.25: "that is the slope of 1/v; the 6 multiplies it.",
        0.25: "the 6 is missing, and the sign: the slope of 1/v is -1/v².",
        0.5: "that is the slope for the number above; v stands below.",
        3: "3 is y itself.",
        -3: "6/v² would have v once more in the divisor: 6 divided by 4.",
        6: "6 would be the slope of 6 * v.",
        -6: "divide by v squared.",
        -12: "v stands below, squared: the power falls from -1 to -2.",
        -24: "v stands below, squared: divide by 4, do not multiply.",
    }, "Data 3, and -6/v² = -1.5.")


@exercise("05.3")
def both_slopes(slopes):
    for x, p in ((2.5, 3.0), (0.5, -1.0), (3.0, 0.5), (1.0, 4.0), (4.0, 2.0)):
        seen = call(slopes, x, p)
        if not isinstance(seen, (tuple, list)) or len(seen) != 2:
            raise Wrong("slopes(x, p) should return two numbers, the slope for x and the slope for p.")
        if any(part is ... or part is None for part in seen):
            raise NotYet
        seen_x, seen_p = map(number, seen)
        out = x**p
        slope_x, slope_p = p * x ** (p - 1), out * math.log(x)
        if close(seen_x, slope_x) and close(seen_p, slope_p):
            continue
        at = f"At x = {x:g}, p = {p:g}"
        if close(seen_x, slope_p) and close(seen_p, slope_x):
            raise Wrong(f"{at} your two slopes are swapped: return the one for x first.")
        if not close(seen_x, slope_x):
            why = reason(seen_x, {
                p * out: "the power must fall by one: p - 1",
                x ** (p - 1): "the factor p is missing",
                (p - 1) * x ** (p - 1): "the factor in front is p; only the exponent falls by one",
                out: "this is the output",
                out * math.log(x): "this is the slope for p",
                p * x - 1: "the exponent is p - 1, in brackets",
                p * x**p - 1: "Python takes the power before the minus: write x**(p - 1)",
            }, "the power rule says p * x**(p - 1)")
            raise Wrong(f"{at} the slope for x is {slope_x:.6g}, and yours is {seen_x:.6g}: {why}.")
        why = reason(seen_p, {
            math.log(x): "this is the slope of what stands in the exponent; multiply by the output",
            out: "this is the output; the factor log x is missing",
            out * math.log10(x): "this is the logarithm to base 10; math.log is the natural one",
            out * math.log2(x): "this is the logarithm to base 2; math.log is the natural one",
            p * x ** (p - 1) * math.log(x): "multiply by the output itself, not by its slope for x",
            p * x ** (p - 1): "the power rule is for the base; here the exponent moves",
            p * math.log(x): "this is what stands in the exponent of e; its slope is log x, and the output multiplies it",
        }, "x**p is e**(p log x), and its slope for p is the output times log x")
        raise Wrong(f"{at} the slope for p is {slope_p:.6g}, and yours is {seen_p:.6g}: {why}.")
    return "p·xᵖ⁻¹ and xᵖ·log x. At x = 1 the second is 0: 1 stays 1, whatever its exponent."


@exercise("05.4")
def never_overflows(safe_sigmoid):
    for x in (1.0, -1.0, 0.0, 3.5, -3.5, 30.0, -30.0, 700.0, -700.0, 1000.0, -1000.0):
        try:
            seen = call(safe_sigmoid, x)
        except OverflowError:
            other = "-x" if x < 0 else "x"
            raise Wrong(f"At x = {x:g} it overflows: math.exp({other}) is too large there. Use the other form on "
                        "this side; an if can choose.") from None
        seen = number(seen)
        small = math.exp(-abs(x))
        right = 1 / (1 + small) if x >= 0 else small / (1 + small)
        if close(seen, right, 1e-9):
            continue
        if math.isnan(seen):
            raise Wrong(f"At x = {x:g} yours is nan: infinity divided by infinity.")
        why = reason(seen, {
            1 - right: "this is the sigmoid of -x; the two forms are on the wrong sides, or a sign is",
            math.tanh(x): "this is tanh, which runs from -1 to 1",
            x: "this is x itself",
        }, "e**x / (1 + e**x) and 1 / (1 + e**-x) are the same number, each safe on one side")
        raise Wrong(f"At x = {x:g} the sigmoid is {right:.6g}, and yours is {seen:.6g}: {why}.")
    return "No overflow on either side, and the same numbers everywhere."
