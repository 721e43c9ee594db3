"""The room in which an uploaded file is opened: run alone (`python -I uploads_room.py TYPE < file`), it knows nothing of us.

Leaves with 0 and the content to keep on standard output, with 3 and a sentence on standard error, or falls over.
"""

import io
import resource
import sys
import warnings
import zipfile

MEMORY, CPU_SECONDS = 1024**3, 20
MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 1_000, 50 * 1024 * 1024, 100
MOST_PIXELS, MOST_PAGES, MOST_OBJECTS = 50_000_000, 500, 50_000
MAIN_PART = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
    "/SubmitForm",
    "/ImportData",
}
BROKEN = "This file cannot be opened. Save it anew in your own program and add that."
HOLDS_MORE = "This file holds a program or another file inside it. Save or print it as a plain document and add that."
TOO_MUCH = "This file unpacks to far more than it seems. Save it anew in your own program and add that."


class NotTakenHere(Exception):
    """The sentence for the person."""


def picture(type_: str, content: bytes) -> bytes:
    """Drawn anew: what is kept holds pixels and nothing else, no place, no author, no second file behind them."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- each kind of file loads only what opens it

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error")
    with Image.open(io.BytesIO(content), formats=[type_.upper()]) as found:
        if getattr(found, "n_frames", 1) > 1:
            raise NotTakenHere("This picture moves. Add a still one.")
        upright = ImageOps.exif_transpose(found)
        plain = upright.convert("RGBA" if type_ == "png" and "A" in upright.getbands() else "RGB")
    plain.info.clear()  # a comment or a profile would be written again
    out = io.BytesIO()
    plain.save(out, format=type_.upper(), **({"quality": 88} if type_ == "jpeg" else {"optimize": False}))
    return out.getvalue()


def office(type_: str, content: bytes) -> bytes:
    """The central directory first, then every entry within what it declares; no macros, no packed objects."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        declared = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > MOST_ENTRIES or declared > MOST_UNPACKED or packed > len(content):
            raise NotTakenHere(TOO_MUCH)
        if any(entry.file_size > MOST_RATIO * max(entry.compress_size, 100) for entry in entries):
            raise NotTakenHere(TOO_MUCH)
        names = [entry.filename for entry in entries]
        _plain_names(names)
        if len(set(names)) != len(names) or any(entry.flag_bits & 1 for entry in entries):
            raise NotTakenHere(BROKEN)
        types = package.read("[Content_Types].xml")
        if MAIN_PART[type_] not in types or b"macroEnabled" in types or b"<!DOCTYPE" in types.upper():
            raise NotTakenHere(BROKEN if MAIN_PART[type_] not in types else HOLDS_MORE)
        for entry in entries:
            _within(package, entry)
    return content


def _plain_names(names: list[str]) -> None:
    for name in names:
        lower = name.lower().replace("\\", "/")
        if lower.startswith("/") or ".." in lower.split("/") or ":" in lower or "\x00" in lower:
            raise NotTakenHere(BROKEN)
        inside = any(word in lower for word in ("vbaproject", "/embeddings/", "/activex/"))
        program = lower.endswith((".bin", ".exe", ".js", ".html", ".svg")) and "printersettings" not in lower
        if inside or program:
            raise NotTakenHere(HOLDS_MORE)


def _within(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack without keeping: more than was declared, or a wrong checksum, is a lie."""
    left = entry.file_size
    with package.open(entry) as part:
        while piece := part.read(65_536):
            left -= len(piece)
            if left < 0:
                raise NotTakenHere(TOO_MUCH)


def pdf(content: bytes) -> bytes:
    """Readable to its last page, without programs, forms that send, or files inside."""
    from pypdf import PdfReader  # noqa: PLC0415

    if b"%%EOF" not in content[-2048:]:
        raise NotTakenHere(BROKEN)
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise NotTakenHere("This PDF is locked with a password. Save it without one and add that.")
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise NotTakenHere(f"Add a PDF of 1 to {MOST_PAGES} pages.")
    _look_for_active(reader)
    return content


def _look_for_active(reader: object) -> None:
    """Walk everything that can be reached, however it is packed."""
    from pypdf.generic import DictionaryObject  # noqa: PLC0415

    queue, seen = [reader.trailer], set()  # type: ignore[attr-defined]
    while queue:
        one = queue.pop()
        if hasattr(one, "idnum"):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            if len(seen) > MOST_OBJECTS:
                raise NotTakenHere(TOO_MUCH)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            if ACTIVE & one.keys() or ("/S" in one and str(one.raw_get("/S")) in ACTIVE):
                raise NotTakenHere(HOLDS_MORE)
            queue += [one.raw_get(key) for key in one]
        elif isinstance(one, list):
            queue += list.__iter__(one)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    type_, content = sys.argv[1], sys.stdin.buffer.read()
    try:
        kept = (
            pdf(content)
            if type_ == "pdf"
            else office(type_, content)
            if type_ in MAIN_PART
            else picture(type_, content)
        )
    except NotTakenHere as refusal:
        sys.stderr.write(str(refusal))
        return 3
    sys.stdout.buffer.write(kept)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
