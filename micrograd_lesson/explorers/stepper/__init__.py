"""The backward pass one node at a time: local × incoming = contribution, added to the parent."""

from .explorer import BackwardStepper
from .run import ORDERS, BackwardPass, Share, Step

__all__ = ["ORDERS", "BackwardPass", "BackwardStepper", "Share", "Step"]
