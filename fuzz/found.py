#!/usr/bin/env python3
"""What fuzzing has found, an input a line: printable ASCII as it is, a backslash doubled, every other byte \\xNN.

    fuzz/found.py unpack FILE FOLDER   a file for each input, in FOLDER
    fuzz/found.py pack FOLDER FILE     the inputs of FOLDER, sorted
"""

import hashlib
import pathlib
import re
import sys


def escape(data: bytes) -> str:
    def one(byte: int) -> str:
        if byte == ord("\\"):
            return "\\\\"
        return chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"

    return "".join(map(one, data))


def unescape(line: str) -> bytes:
    def one(match: re.Match[str]) -> str:
        return "\\" if match[1] is None else chr(int(match[1], 16))

    return re.sub(r"\\(?:x([0-9a-f]{2})|\\)", one, line).encode("latin-1")


def unpack(file: pathlib.Path, folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for line in file.read_text("ascii").splitlines():
        data = unescape(line)
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def pack(folder: pathlib.Path, file: pathlib.Path) -> None:
    lines = sorted({escape(path.read_bytes()) for path in folder.iterdir()})
    for line in lines:
        assert escape(unescape(line)) == line, line
    file.write_text("".join(line + "\n" for line in lines), "ascii")
    print(f"measured: {file}: {len(lines)} inputs, {file.stat().st_size} bytes")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["unpack", file, folder]:
            unpack(pathlib.Path(file), pathlib.Path(folder))
        case ["pack", folder, file]:
            pack(pathlib.Path(folder), pathlib.Path(file))
        case _:
            sys.exit(__doc__)
