"""A network learning: the boundary as it forms, the loss as it falls, and points of your own."""

from .explorer import TrainingExplorer
from .film import film_of, stops_between
from .picture import FilmPicture, Scene, TrainingPicture
from .player import Pace, Pause, Player
from .points import Points
from .trainer import Learned, Trainer
from .verdict import Verdict, judge

__all__ = [
    "FilmPicture",
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
    "film_of",
    "judge",
    "stops_between",
]
