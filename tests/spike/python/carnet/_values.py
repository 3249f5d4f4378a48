"""Python values to plain ones for the native half, and replies back to Python values."""

from __future__ import annotations

import dataclasses
import enum
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any


def plain(value: Any, path: str) -> Any:
    """What stands in JSON for a value that the native half does not know."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError(f"{path}: not a finite number")
        return format(value, "f")
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise TypeError(f"{path}: a datetime needs a time zone")
        return value.astimezone(timezone.utc).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.metadata.get("json", f.name): getattr(value, f.name) for f in dataclasses.fields(value)}
        fields = {name: inner for name, inner in fields.items() if inner is not None}
        choice = getattr(value, "_choice", None)
        if choice is None:
            return fields
        return {choice: fields["value"] if value._newtype else fields}
    raise TypeError(f"{path}: {type(value).__name__} cannot be part of a request")


def read_instant(text: str) -> datetime:
    """An aware datetime."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
