"""Walking an expression from its result to its leaves: each value once, told apart by identity."""

import hashlib
from functools import cached_property

from . import nodes as read


def trace(root):
    """Walk from root to its leaves.

    Returns:
        (nodes, edges): the nodes, each after its parents, root last; and one
        (parent, child) pair for each use, so `a + a` gives two. The order depends on
        the expression alone, not on its numbers; see `Expression` for parents in a set.

    Raises:
        TypeError: a node's `_prev` holds something that is no node.
    """
    nodes, found = _read(root)
    return nodes, [(parent, node) for node in nodes for parent in found[id(node)]]


class Expression:
    """All values that a result depends on, read once.

    Where a class keeps parents in order, they stay in it. Parents in a set come by label,
    then by operation, then by how they were made and what they are used for; only where
    all of this is equal, by their numbers. So moving a number moves nothing in a drawing.

    Attributes:
        nodes: the values, each after its parents, the result last.
        parents: for each node the places of its parents in nodes, with repeats.
    """

    def __init__(self, root):
        """Raises TypeError where a node's `_prev` holds something that is no node."""
        self.nodes, found = _read(root)
        place = {id(node): i for i, node in enumerate(self.nodes)}
        self.parents = [[place[id(parent)] for parent in found[id(node)]] for node in self.nodes]

    @property
    def edges(self):
        """One pair of places (parent, child) for each use of a value."""
        return [(parent, child) for child, used in enumerate(self.parents) for parent in used]

    @cached_property
    def steps(self):
        """For each node, the number of operations on the longest way from it to the result."""
        steps = [0] * len(self.nodes)
        for child in reversed(range(len(self.nodes))):  # all users of a node come before it
            for parent in self.parents[child]:
                steps[parent] = max(steps[parent], steps[child] + 1)
        return steps

    def nearest_first(self):
        """The places of all nodes, those fewest steps from the result first (breadth first)."""
        result = len(self.nodes) - 1
        order, seen = [result], {result}
        for child in order:  # grows as we walk along it
            for parent in self.parents[child]:
                if parent not in seen:
                    seen.add(parent)
                    order.append(parent)
        return order


def _read(root):
    """All nodes that root depends on, parents first, and the parents of each, by its id."""
    nodes, found = _walk(root, read.stored_parents)
    if any(type(parents) is not tuple for parents in found.values()):
        ordered = _in_order(found, nodes)
        nodes, found = _walk(root, lambda node: ordered[id(node)])
    return nodes, found


def _walk(root, parents_of):
    """The same, with parents_of each node; along a path, not by recursion, so any depth works."""
    found = {id(root): parents_of(root)}
    path = [(root, iter(found[id(root)]))]
    nodes = []
    while path:
        node, parents = path[-1]
        for parent in parents:
            if id(parent) not in found:
                found[id(parent)] = parents_of(parent)
                path.append((parent, iter(found[id(parent)])))
                break
        else:  # every parent of this node is in nodes, so it can follow
            nodes.append(node)
            path.pop()
    return nodes, found


def _in_order(found, nodes):
    """found, but with a tuple in a fixed order in place of each set of parents.

    nodes: all nodes, parents first.
    """
    made = _how_made(found, nodes)
    used = _how_used(found, nodes, made)

    def key(node):
        structure = read.label(node), read.operation(node), made[id(node)], used[id(node)]
        return (*structure, _text_of_numbers(node))

    ordered = dict(found)
    for node, parents in found.items():
        if type(parents) is not tuple:
            ordered[node] = tuple(sorted(parents, key=key))
    return ordered


def _how_made(found, nodes):
    """A digest of what each node was computed from, by id: labels and operations, no numbers.

    The one exception is a leaf without a label: its number is its name.
    """
    made = {}
    for node in nodes:
        parents = found[id(node)]
        digests = [made[id(parent)] for parent in parents]
        if type(parents) is not tuple:
            digests.sort()
        nameless = not parents and not read.label(node)
        number = repr(read.data(node)) if nameless else ""
        made[id(node)] = _digest(read.label(node), read.operation(node), number, digests)
    return made


def _how_used(found, nodes, made):
    """A digest of all that each node goes into, by id."""
    users = {id(node): [] for node in nodes}
    used = {}
    for node in reversed(nodes):  # all users of a node come before it
        used[id(node)] = _digest(made[id(node)], sorted(users[id(node)]))
        for parent in found[id(node)]:
            users[id(parent)].append(used[id(node)])
    return used


def _text_of_numbers(node):
    return f"{read.data(node)!r} {getattr(node, 'grad', None)!r}"


def _digest(*parts):
    return hashlib.blake2s(repr(parts).encode("utf-8", "replace")).hexdigest()
