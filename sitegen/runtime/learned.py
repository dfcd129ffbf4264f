"""What was learnt of things met before. To learn costs more than to do without it once: what comes again is learnt."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)
Lesson = TypeVar("Lesson")


class Met(Generic[Thing]):
    """Which things were met before, the last `most` of them or fewer."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.things: set[Thing] = set()

    def again(self, thing: Thing) -> bool:
        """Return whether a thing was met before; now it was."""
        if thing in self.things:
            return True
        if len(self.things) >= self.most:
            self.things.clear()
        self.things.add(thing)
        return False


class Learned(Generic[Thing, Lesson]):
    """What `learn` made of the things met more than once: `most` lessons at the most, then it begins anew."""

    def __init__(self, learn: Callable[[Thing], Lesson], most: int) -> None:
        self.learn = learn
        self.most = most
        self.met: Met[Thing] = Met(2 * most)
        self.known: dict[Thing, Lesson] = {}

    def of(self, thing: Thing) -> Lesson | None:
        """Return what is learnt of a thing, or None at the first meeting."""
        if thing in self.known:
            return self.known[thing]
        if not self.met.again(thing):
            return None
        if len(self.known) >= self.most:
            self.known.clear()
        self.known[thing] = lesson = self.learn(thing)
        return lesson
