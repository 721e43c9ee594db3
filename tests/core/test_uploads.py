"""Files people add: the harmless ones are kept, everything that pretends, carries or unpacks to something else is refused."""

import io
import random
import struct
import zipfile
import zlib
from contextlib import suppress

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import uploads

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(change=lambda paper: None, **how) -> bytes:
    with pikepdf.new() as paper:
        paper.add_blank_page()
        change(paper)
        out = io.BytesIO()
        paper.save(out, **how)
        return out.getvalue()


def acting(**action):
    """A PDF that does something when it is opened."""

    def change(paper):
        paper.Root.OpenAction = pikepdf.Dictionary(**action)

    return pdf(change)


def carrying(paper):
    paper.attachments["tool.exe"] = b"MZ"


def office(main=DOCX, extra=(), types=None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types or f'<Types><Override ContentType="{main}"/></Types>')
        package.writestr("word/document.xml", "<document/>")
        for name, content in extra:
            package.writestr(name, content)
    return out.getvalue()


def picture(kind="PNG", size=(4, 4), **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, format=kind, **how)
    return out.getvalue()


def flood() -> bytes:
    """A picture that says it is 60,000 by 60,000."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + b"\0" * 64


HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
KEPT = {
    "plan.pdf": pdf(),
    "plan.docx": office(),
    "costs.xlsx": office(XLSX),
    "drawing.png": picture(),
    "photo.jpg": picture("JPEG"),
    "PHOTO.JPEG": picture("JPEG"),
}
REFUSED = {
    "empty.pdf": b"",
    "large.pdf": b"%PDF-1.4" + b"0" * uploads.MOST_BYTES,
    "page.html": HTML,
    "drawing.svg": SVG,
    "macro.docm": office(),
    "tool.exe": b"MZ",
    "noextension": pdf(),
    ".pdf": pdf(),
    "page.html.pdf": HTML,
    "drawing.svg.png": SVG,
    "virus.pdf": EICAR,
    "half.pdf": pdf()[:200],
    "html-behind.pdf": b"%PDF-1.4\n" + HTML,
    "pdf-behind.png": pdf(),
    "png-behind.pdf": picture(),
    "moving.png": picture("GIF"),
    "html-first.jpg": HTML + picture("JPEG"),
    "script.pdf": acting(S=pikepdf.Name.JavaScript, JS="app.alert(1)"),
    "launch.pdf": acting(S=pikepdf.Name.Launch, F="cmd.exe"),
    "form.pdf": acting(S=pikepdf.Name.SubmitForm, F="http://example.invalid"),
    "carrying.pdf": pdf(carrying),
    "packed-carrying.pdf": pdf(carrying, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "locked.pdf": pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
    "many.pdf": pdf(lambda paper: [paper.add_blank_page() for _ in range(500)]),
    "zip.docx": office("application/zip"),
    "sheet.docx": office(XLSX),
    "macros.docx": office(extra=[("word/vbaProject.bin", b"x")]),
    "macro-types.docx": office(
        types=f'<Types><Override ContentType="{DOCX}"/><Default ContentType="macroEnabled"/></Types>'
    ),
    "entity.docx": office(types=f'<!DOCTYPE x [<!ENTITY a "a">]><Types><Override ContentType="{DOCX}"/></Types>'),
    "packed-object.docx": office(extra=[("word/embeddings/tool.exe", b"MZ")]),
    "activex.xlsx": office(XLSX, extra=[("xl/activeX/one.xml", b"x")]),
    "page-inside.docx": office(extra=[("word/page.html", HTML)]),
    "slip.docx": office(extra=[("../../etc/cron.d/x", b"x")]),
    "rooted.docx": office(extra=[("/etc/cron.d/x", b"x")]),
    "drive.docx": office(extra=[("C:\\x", b"x")]),
    "bomb.docx": office(extra=[("word/media/big", b"0" * 30_000_000)]),
    "thousand.docx": office(extra=[(f"word/{number}", b"x") for number in range(1_001)]),
    "torn.docx": office()[:-40],
    "flood.png": flood(),
    "torn.png": picture()[:40],
    "torn.jpg": picture("JPEG")[:60],
}


@pytest.mark.parametrize("name", KEPT)
def test_harmless_files_are_kept(name):
    assert uploads.check(SimpleUploadedFile(name, KEPT[name])).name == name


@pytest.mark.parametrize("name", REFUSED)
def test_others_are_refused_with_a_sentence(name):
    with pytest.raises(uploads.NotTaken, match=r"^[A-Z].*\.$"):
        uploads.check(SimpleUploadedFile(name, REFUSED[name]))


class Endless(io.RawIOBase):
    """A file of 200 MB and more, of which it counts what is read."""

    name, given = "endless.pdf", 0

    def read(self, size=-1):
        self.given += size if size >= 0 else 1 << 40
        return b"%PDF-1.7" + b"0" * (size - 8)


def test_a_huge_file_is_not_read_to_its_end():
    file = Endless()

    with pytest.raises(uploads.NotTaken, match="too large"):
        uploads.check(file)
    assert file.given == uploads.MOST_BYTES + 1


def disguised():
    """Every file of ours, good and bad, under every name that is taken."""
    for name, content in {**KEPT, **REFUSED}.items():
        for ending in ("pdf", "docx", "xlsx", "png", "jpg"):
            yield f"{name}.{ending}", content


def damaged():
    """Good files of which a piece is missing, doubled or made into noise."""
    for name, content in KEPT.items():
        chance = random.Random(name)
        for number in range(40):
            at = chance.randrange(len(content))
            length = chance.randrange(1, 40)
            noise = chance.choice([b"", content[at : at + length] * 2, chance.randbytes(length)])
            yield f"{number}-{name}", content[:at] + noise + content[at + length :]


def is_what_it_says(checked) -> bool:
    """Whether what was kept is of the type it is kept as: programs differ over how much damage to a PDF they mend."""
    if checked.type == "pdf":
        return checked.content.startswith(b"%PDF-") and b"<html" not in checked.content
    if checked.type in ("docx", "xlsx"):
        main = {"docx": DOCX, "xlsx": XLSX}[checked.type]
        with zipfile.ZipFile(io.BytesIO(checked.content)) as package:
            return package.testzip() is None and main in package.read("[Content_Types].xml").decode()
    with Image.open(io.BytesIO(checked.content)) as image:
        return image.format.lower() == checked.type


@pytest.mark.slow
@pytest.mark.parametrize("files", [disguised, damaged])
def test_what_is_kept_of_a_great_many_files_is_what_it_says(files):
    corpus, kept = list(files()), []
    assert len(corpus) > 200

    for name, content in corpus:
        with suppress(uploads.NotTaken):
            kept.append(uploads.check(SimpleUploadedFile(name, content)))
    assert [checked.name for checked in kept if not is_what_it_says(checked)] == []
    assert len(kept) >= len(KEPT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("plan\u202egnp.pdf", "plangnp.pdf"), ("a\x00b.pdf", "ab.pdf"), ("../../plan.pdf", "plan.pdf"), ("C:\\plan.pdf", "plan.pdf"),
     ("plan\r\nX: y.pdf", "planX: y.pdf"), (f"{'a' * 300}.pdf", f"{'a' * 107}.pdf")],
)  # fmt: skip
def test_a_name_is_a_plain_name(typed, kept):
    assert uploads.tidy_name(typed) == kept


def test_a_picture_keeps_its_pixels_only():
    exif = Image.Exif()
    exif[0x013B] = "An author"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture("JPEG", exif=exif, comment=b"secret") + HTML

    kept = uploads.check(SimpleUploadedFile("photo.jpg", content)).content

    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
    assert b"secret" not in kept
    assert b"script" not in kept
