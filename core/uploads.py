"""Files people add: an allowlist by name, by what the bytes are, and by opening them in a small locked room of their own.

Nothing here looks for viruses: put a scanner before the service or on its storage (docs/security-model.md).
"""

import hashlib
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 30
# type -> (extensions people use, what the bytes may look like)
TYPES: dict[str, tuple[tuple[str, ...], tuple[bytes, ...]]] = {
    "pdf": ((".pdf",), (b"%PDF-1.", b"%PDF-2.")),
    "docx": ((".docx",), (b"PK\x03\x04",)),
    "xlsx": ((".xlsx",), (b"PK\x03\x04",)),
    "png": ((".png",), (b"\x89PNG\r\n\x1a\n",)),
    "jpeg": ((".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
}
SNIFFED = {
    "pdf": {".pdf"},
    "docx": {".docx", ".zip"},
    "xlsx": {".xlsx", ".zip"},
    "png": {".png"},
    "jpeg": {".jpg", ".jpeg"},
}
ACCEPT = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
WORDS = "a PDF, a Word document (.docx), an Excel workbook (.xlsx), a PNG or a JPEG"


class NotTaken(Exception):
    """The file is not taken; the text is the sentence the person reads."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept. `content` of a picture is drawn anew, without its metadata."""

    name: str
    type: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def check(file: "UploadedFile[Any]") -> Checked:
    """Look at an uploaded file from outside and inside. Raises NotTaken."""
    name = tidy_name(file.name or "")
    type_ = _type_by_name(name)
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise NotTaken("The file is empty.")
    if len(content) > MOST_BYTES:
        raise NotTaken(f"The file is too large. The most is {MOST_BYTES // 1024 // 1024} MB.")
    _looks_like(type_, content)
    return Checked(name=name, type=type_, content=_opened(type_, content))


def tidy_name(name: str) -> str:
    """What the person called it, without folders, control characters or marks that turn the reading direction."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, dot, extension = " ".join(plain.split()).rpartition(".")
    return f"{stem[: 110 - len(extension)]}{dot}{extension}"[:120]


def _type_by_name(name: str) -> str:
    stem, _, extension = name.lower().rpartition(".")
    for type_, (extensions, _starts) in TYPES.items():
        if stem and f".{extension}" in extensions:
            return type_
    raise NotTaken(f"Add {WORDS}.")


def _looks_like(type_: str, content: bytes) -> None:
    """The first bytes and a second opinion both have to fit the name."""
    wrong = NotTaken(f"This file is not what its name says. Add {WORDS}.")
    if not content.startswith(TYPES[type_][1]):
        raise wrong
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        raise wrong from None
    if not found & SNIFFED[type_]:
        raise wrong


def _opened(type_: str, content: bytes) -> bytes:
    """Open the file in a child process with little memory and time; gives the content to keep."""
    command = [sys.executable, "-I", str(settings.BASE_DIR / "core" / "uploads_room.py"), type_]
    try:
        room = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise NotTaken("This file takes too long to open. Save it anew in your own program and add that.") from None
    if room.returncode == 0:
        return room.stdout
    known = room.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] if room.returncode == 3 else []
    raise NotTaken(known[0] if known else "This file cannot be opened. Save it anew in your own program and add that.")
