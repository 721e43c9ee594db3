"""Ways in which a file goes wrong on its way: each takes bytes and a seeded random and gives other bytes."""

import codecs
import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]
TEXT: list[Mutation] = []
PACKED: list[Mutation] = []
ODD_CELLS = (
    "=1+1", "-1", "1e9", "٣", "31-02-2020", "0000-00-00", "99999999999999999999", "\x07", "\u202e", "🙂" * 50, "x" * 5_000,
    "'; DROP TABLE", "NaN", "null", "|", '"', "  ", "2\x1f1", "½", "Å" * 161,
)  # fmt: skip


def text(mutation: Mutation) -> Mutation:
    TEXT.append(mutation)
    return mutation


def packed(mutation: Mutation) -> Mutation:
    PACKED.append(mutation)
    return mutation


def on_lines(change: Callable[[list[bytes], Random], None]) -> Mutation:
    """A mutation of the list of lines, in place."""

    def mutation(content: bytes, random: Random) -> bytes:
        lines = content.splitlines(keepends=True)
        change(lines, random)
        return b"".join(lines)

    mutation.__name__ = change.__name__
    TEXT.append(mutation)
    return mutation


@text
def cut_off(content, random):
    return content[: random.randrange(len(content))]


@text
def beginning_lost(content, random):
    return content[random.randrange(len(content)) :]


@text
def some_bytes_changed(content, random):
    changed = bytearray(content)
    for _ in range(random.randrange(1, 20)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


@text
def noise_in_the_middle(content, random):
    at = random.randrange(len(content))
    return content[:at] + random.randbytes(300) + content[at:]


@text
def only_noise(_content, random):
    return random.randbytes(random.randrange(1, 3_000))


@text
def a_zero_byte(content, random):
    at = random.randrange(len(content))
    return content[:at] + b"\x00" + content[at:]


@text
def as_utf_16(content, random):
    return content.decode("cp1252", "replace").encode("utf-16")


@text
def as_utf_8_with_a_mark(content, random):
    return codecs.BOM_UTF8 + content.decode("cp1252", "replace").encode()


@text
def mixed_encodings(content, random):
    return content + "é".encode("cp1252") + "é".encode()


@text
def semicolons(content, random):
    return content.replace(b",", b";")


@text
def tabs(content, random):
    return content.replace(b",", b"\t")


@text
def old_line_ends(content, random):
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r")


@text
def upper_case(content, random):
    return content.upper()


@text
def twice_over(content, random):
    return content + content


@text
def thousands_of_empty_lines(content, random):
    return content + b"\r\n" * 3_000


@text
def an_odd_cell(content, random):
    """One to five cells of one to five lines are replaced."""
    lines = content.decode("cp1252", "replace").splitlines()
    for _ in range(random.randrange(1, 6)):
        number = random.randrange(len(lines))
        cells = lines[number].split(",")
        cells[random.randrange(len(cells))] = random.choice(ODD_CELLS)
        lines[number] = ",".join(cells)
    return "\r\n".join(lines).encode()


@on_lines
def a_line_lost(lines, random):
    del lines[random.randrange(len(lines))]


@on_lines
def a_line_twice(lines, random):
    at = random.randrange(len(lines))
    lines.insert(random.randrange(len(lines)), lines[at])


@on_lines
def lines_shuffled(lines, random):
    body = lines[1:]
    random.shuffle(body)
    lines[1:] = body


@on_lines
def a_cell_lost(lines, random):
    at = random.randrange(len(lines))
    lines[at] = lines[at].replace(b",", b"", 1)


@on_lines
def a_cell_too_many(lines, random):
    at = random.randrange(len(lines))
    lines[at] = lines[at].replace(b",", b",surplus,", 1)


@on_lines
def a_quotation_mark_lost(lines, random):
    at = random.randrange(len(lines))
    lines[at] = b'"' + lines[at]


@on_lines
def a_huge_cell(lines, random):
    lines.insert(random.randrange(len(lines)), b"x" * random.choice((1_000, 140_000)) + b",1,2\r\n")


@on_lines
def headings_swapped(lines, random):
    names = lines[0].rstrip().split(b",")
    one, other = random.sample(range(len(names)), 2)
    names[one], names[other] = names[other], names[one]
    lines[0] = b",".join(names) + b"\r\n"


@on_lines
def a_heading_twice(lines, random):
    names = lines[0].rstrip().split(b",")
    names[random.randrange(len(names))] = names[0]
    lines[0] = b",".join(names) + b"\r\n"


@on_lines
def a_heading_changed(lines, random):
    names = lines[0].rstrip().split(b",")
    names[random.randrange(len(names))] = b"Something else"
    lines[0] = b",".join(names) + b"\r\n"


@on_lines
def no_heading(lines, random):
    del lines[0]


@on_lines
def figures_changed(lines, random):
    for _ in range(5):
        at = random.randrange(1, len(lines)) if len(lines) > 1 else 0
        lines[at] = re.sub(rb"\d", str(random.randrange(10)).encode(), lines[at], count=random.randrange(1, 9))


for mutation in (cut_off, beginning_lost, some_bytes_changed, noise_in_the_middle, only_noise, twice_over):
    packed(mutation)


@packed
def a_part_lost(content, random):
    return repacked(content, lambda name, part: None if random.random() < 0.15 else part)


@packed
def a_part_of_noise(content, random):
    return repacked(content, lambda name, part: random.randbytes(500) if random.random() < 0.15 else part)


@packed
def a_part_cut_off(content, random):
    return repacked(content, lambda name, part: part[: len(part) // 2] if random.random() < 0.15 else part)


@packed
def words_of_a_part_changed(content, random):
    def change(name: str, part: bytes) -> bytes:
        if "sharedStrings" not in name and "sheet" not in name:
            return part
        cells = [cell.encode() for cell in ODD_CELLS if cell.isprintable() and "<" not in cell]
        for _ in range(random.randrange(1, 30)):
            words = list(re.finditer(rb"<t[^>]*>([^<]*)</t>|<v>([^<]*)</v>", part))
            if words:
                found = random.choice(words)
                start, end = found.span(1) if found[1] is not None else found.span(2)
                part = part[:start] + random.choice(cells) + part[end:]
        return part

    return repacked(content, change)


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same packed file with each part changed; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            changed = change(part.filename, old.read(part))
            if changed is not None:
                new.writestr(part.filename, changed)
    return out.getvalue()
