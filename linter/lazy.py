"""Attributes that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 (used as a decorator, like property)
    """A method as an attribute that is worked out once per object, and then stands in its place.

    functools.cached_property does the same behind a lock until Python 3.12, at 1 µs for each first look; an article is
    only ever looked at by one thread.
    """

    measured: ClassVar[Callable[[str], AbstractContextManager[None]] | None] = None  # how, where times are measured

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make, self.__doc__ = make, make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        if lazy.measured is None:
            value = instance.__dict__[self._name] = self._make(instance)
        else:
            with lazy.measured(self._name):
                value = instance.__dict__[self._name] = self._make(instance)
        return value
