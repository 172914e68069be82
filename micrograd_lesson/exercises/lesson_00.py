"""Lesson 00, the warm-up: how an exercise works."""

from ._check import Wrong, call, close, exercise


@exercise("00.1")
def double_it(double):
    for x in (3.0, 0.0, -1.5, 10):
        seen = call(double, x)
        if hasattr(seen, "data") and not isinstance(seen, (int, float)):
            seen = seen.data
        if not isinstance(seen, (int, float)):
            raise Wrong(f"double({x:g}) should be a number, and is {type(seen).__name__} {seen!r:.40}.")
        if close(seen, 2 * x):
            continue
        mistakes = {x + 2: "this adds 2; double means two times as much",
                    x**2: "this is the square, x times x; double is 2 times x",
                    x: "this is x as it came in",
                    x / 2: "this is half of it"}
        hint = next((why for value, why in mistakes.items() if close(seen, value)), "two times x, or x plus x")
        raise Wrong(f"double({x:g}) should be {2 * x:g}, and yours is {seen:g}: {hint}.")
    return "That is all there is to exercises. They get more interesting."
