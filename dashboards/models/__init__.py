from dashboards.models.digest import BoardDigest
from dashboards.models.figure import Figure, FrozenFigure, Indicator

__all__ = ["BoardDigest", "Figure", "FrozenFigure", "Indicator"]
