"""What the engine refuses, as exceptions: one class a family, all with the same attributes."""

from __future__ import annotations


class CarnetError(Exception):
    """What went wrong, as data. ``str()`` gives one English line for logs; it holds no personal data."""

    code = "internal"

    def __init__(
        self, number: int, reason: str, field: str | None, details: dict[str, str], text: str
    ) -> None:
        super().__init__(text)
        self.number = number
        self.reason = reason
        self.field = field
        self.details = details


class InvalidInput(CarnetError):
    """100: the request is malformed; nothing was written."""

    code = "invalid_input"


class NotFound(CarnetError):
    """200: something named in the request does not exist."""

    code = "not_found"


class Refused(CarnetError):
    """300: a rule of the venue, the plan or the books refuses."""

    code = "refused"


class Conflict(CarnetError):
    """400: the request contradicts what is stored."""

    code = "conflict"


class StorageError(CarnetError):
    """500: the store could not do it."""

    code = "storage"


class Misuse(CarnetError):
    """900: the library was called in a way it must not be."""

    code = "misuse"


class InternalError(CarnetError):
    """999: a defect of the library itself."""

    code = "internal"


_FAMILIES = {c.code: c for c in (InvalidInput, NotFound, Refused, Conflict, StorageError, Misuse, InternalError)}


def of_family(code: str) -> type[CarnetError]:
    """The class of a family."""
    return _FAMILIES.get(code, InternalError)
