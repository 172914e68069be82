"""A network learning: the boundary as it forms, the loss as it falls, and points of your own."""

from .explorer import TrainingExplorer
from .picture import Scene, TrainingPicture
from .player import Pace, Pause, Player
from .points import Points
from .trainer import Learned, Trainer
from .verdict import Verdict, judge

__all__ = [
    "Learned",
    "Pace",
    "Pause",
    "Player",
    "Points",
    "Scene",
    "Trainer",
    "TrainingExplorer",
    "TrainingPicture",
    "Verdict",
    "judge",
]
