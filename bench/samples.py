"""Statistics of repeated measurements: a Figure is the best and the median of samples."""
import math
import statistics
from typing import NamedTuple


class Figure(NamedTuple):
    best: float
    median: float

    def map(self, function):
        """The figure in another unit; of a time as a rate, for instance."""
        return Figure(function(self.best), function(self.median))


def figure(samples):
    """Of times: the least sample and the median; None if there is none."""
    return Figure(min(samples), statistics.median(samples)) if samples else None


def geometric_mean(values):
    values = list(values)
    return math.exp(math.fsum(map(math.log, values)) / len(values))


def mean_figure(figures):
    """The geometric mean of the bests and that of the medians; None if one is missing, which would change its meaning."""
    figures = list(figures)
    return Figure(*(geometric_mean(part) for part in zip(*figures))) if figures and all(figures) else None


def ratio(figures, others):
    """Best over best and median over median; None if either is missing."""
    if not figures or not others:
        return None
    return Figure(figures.best / others.best, figures.median / others.median)


def faster_of(figures):
    """The better of several competitors, best and median each for itself; None if none was measured."""
    figures = [each for each in figures if each]
    return Figure(*map(min, zip(*figures))) if figures else None
