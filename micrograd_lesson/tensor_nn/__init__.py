"""Networks over `Tensor`, for many examples at once.

weights        Module: named parameters, saved and loaded
linear         Linear; MLP, a stack of them, the networks of `nn`
convolution    Convolution: a patch of weights moved over pictures
embedding      Embedding: a row of a table for each number
attention      Attention: each place takes a mean of all, with weights computed from the data
normalisation  LayerNorm: mean 0 and variance 1 at each place
gpt            Block and GPT: a small transformer that predicts the next letter
writing        sample, write: names drawn letter by letter from any such model
"""

from ..module import ACTIVATIONS
from .attention import Attention
from .convolution import Convolution
from .embedding import Embedding
from .gpt import GPT, Block
from .linear import MLP, Linear
from .normalisation import LayerNorm
from .weights import Module
from .writing import sample, write

__all__ = [
    "ACTIVATIONS",
    "GPT",
    "MLP",
    "Attention",
    "Block",
    "Convolution",
    "Embedding",
    "LayerNorm",
    "Linear",
    "Module",
    "sample",
    "write",
]
