"""A small GPT: a transformer that reads the letters so far and predicts the next one."""

import numpy as np

from ..module import check_count, random_source
from .attention import Attention
from .embedding import Embedding, whole_numbers
from .linear import Linear
from .normalisation import LayerNorm
from .weights import Module, names_of


class Block(Module):
    """x + attention(normalised x), and then x + mlp(normalised x), the mlp with relu.

    The sums are shortcuts: what comes in is kept, and each part only adds to it. (K. He et al.,
    Deep residual learning, 2016; normalised before each part, as in A. Radford et al., Language
    models are unsupervised multitask learners, 2019.)

    Args:
        size: how many numbers there are at each place; the mlp has 4·size hidden neurons.
        heads: of the attention.
        rng: a seed or a `random.Random`, as for Linear.

    Raises:
        TypeError, ValueError: those of Attention.
    """

    def __init__(self, size, heads, rng=None):
        rng = random_source(rng)
        self.attention_norm = LayerNorm(size)
        self.attention = Attention(size, heads, causal=True, rng=rng)
        self.mlp_norm = LayerNorm(size)
        self.hidden = Linear(size, 4 * size, rng, scaled=True)
        self.out = Linear(4 * size, size, rng, scaled=True)

    def __call__(self, x):
        """Returns a Tensor of x's shape, (n, places, size)."""
        x = x + self.attention(self.attention_norm(x))
        hidden = self.hidden(self.mlp_norm(x)).relu()  # (n, places, 4·size)
        return x + self.out(hidden)

    def named_parameters(self):
        """attention_norm.gain, …, out.b."""
        return names_of(
            attention_norm=self.attention_norm,
            attention=self.attention,
            mlp_norm=self.mlp_norm,
            hidden=self.hidden,
            out=self.out,
        )

    def __repr__(self):
        return f"Block({len(self.out.b)}, {self.attention.heads})"


class GPT(Module):
    """Letters and their places as rows of two tables, blocks, and a score for each next letter.

    The form is that of GPT-2 (Radford et al., 2019), but small, with relu for its GELU.

    Args:
        letters: how many different letters there are.
        places: how many of them it reads at most.
        size: how many numbers there are at each place.
        heads: of the attention in each block.
        blocks: how many blocks follow one another.
        rng: a seed or a `random.Random`, as for Linear.

    Raises:
        TypeError: an rng of another kind, or a call with something else than whole numbers.
        ValueError: a count below 1, heads that do not divide size, or a call with letters that
            it does not know, in another shape, or with more places than it reads.
    """

    def __init__(self, letters=27, places=12, size=32, heads=4, blocks=1, rng=None):
        rng = random_source(rng)
        blocks = check_count(blocks, "the number of blocks")
        self.letter = Embedding(letters, size, rng)
        self.place = Embedding(places, size, rng)
        self.blocks = [Block(size, heads, rng) for _ in range(blocks)]
        self.norm = LayerNorm(size)
        self.scores = Linear(size, letters, rng, scaled=True)
        for name, p in self.named_parameters().items():
            p.label = name

    def __call__(self, x):
        """x: whole numbers of shape (n, T), one for each letter, T at most `places`.

        Returns:
            A Tensor of shape (n, T, letters): at each place the scores of the letter that comes
            after it.
        """
        h = self._placed(x)  # (n, T, size)
        for block in self.blocks:
            h = block(h)
        return self.scores(self.norm(h))

    def attention(self, x):
        """The attention weights for x of shape (n, T).

        Returns:
            An array of shape (blocks, n, heads, T, T), as `Attention.weights` for each block.
        """
        h = self._placed(x)
        weights = []
        for block in self.blocks:
            weights.append(block.attention.weights(block.attention_norm(h)).data)
            h = block(h)
        return np.array(weights)

    def _placed(self, x):
        """The sum of two rows for each letter: what it is, and where it stands."""
        letters, places = len(self.letter.w), len(self.place.w)
        x = whole_numbers(x, letters, "GPT")
        if x.ndim != 2 or x.shape[1] > places:
            raise ValueError(
                f"{self!r} needs letters of shape (n, T), T at most {places}, "
                f"not of shape {x.shape}."
            )
        return self.letter(x) + self.place.w[: x.shape[1]]

    def named_parameters(self):
        """letter.w, place.w, block1.attention_norm.gain, …, scores.b."""
        numbered = {f"block{i}": block for i, block in enumerate(self.blocks, 1)}
        return names_of(
            letter=self.letter, place=self.place, **numbered, norm=self.norm, scores=self.scores
        )

    def __repr__(self):
        letters, size = self.letter.w.shape
        heads = self.blocks[0].attention.heads
        return f"GPT({letters}, {len(self.place.w)}, {size}, {heads}, {len(self.blocks)})"
