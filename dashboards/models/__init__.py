from dashboards.models.figure import Figure, FrozenFigure, Indicator

__all__ = ["Figure", "FrozenFigure", "Indicator"]
