"""Carnet: a memberships engine in your process."""

from __future__ import annotations

from os import PathLike
from typing import Any

from carnet import _native, errors
from carnet._operations import *  # noqa: F403
from carnet._operations import Call, OpenOptions, Operations
from carnet.errors import CarnetError

__version__: str = _native.__version__


class Engine(Operations):
    """A store and all that may be done with it. Any thread may use it."""

    def __init__(self, native: _native.Engine) -> None:
        self._native = native

    @classmethod
    def open(cls, path: str | PathLike[str], options: OpenOptions | None = None) -> Engine:
        """Opens a store."""
        return cls(_native.Engine(path, options or OpenOptions()))

    def close(self) -> None:
        """Ends the engine: no call is accepted any more, running ones are waited for."""
        self._native.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(self, request: dict[str, Any]) -> dict[str, Any]:
        """Executes a request as plain data, `{"op": …, "args": {…}}`, and returns the answer as plain data."""
        return self._native.execute(request)

    def _execute(self, op: str, args: dict[str, Any], call: Call | None) -> Any:
        request: dict[str, Any] = {} if call is None else dict(vars(call))
        request["op"] = op
        request["args"] = {name: value for name, value in args.items() if value is not None}
        return self._native.execute(request)["reply"]
