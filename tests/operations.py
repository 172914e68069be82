"""Which operations an engine has, as its source says, so that none stays without a test."""

import ast
import inspect


def operations_of(module, maker):
    """The names of all operations of an engine: what its methods pass to `maker` as `op`.

    Args:
        module: the engine.
        maker: the name of the function that makes a result, (result, op, …).
    """
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        is_made = isinstance(node, ast.Call) and getattr(node.func, "id", "") == maker
        if is_made and isinstance(node.args[1], ast.Constant):
            found.add(node.args[1].value)
    return found
