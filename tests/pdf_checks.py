"""What a tagged PDF must have, read from its own structure with pikepdf: the same checks for every paper.

These are the Matterhorn conditions a program can see without a validator: language, title, PDF/UA mark, tag tree,
heading order, table headers, links, pictures with words, marked content, nothing attached, nothing that reaches out.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
PAINTS = {
    "Tj",
    "TJ",
    "'",
    '"',
    "Do",
    "f",
    "F",
    "f*",
    "B",
    "B*",
    "b",
    "b*",
    "S",
    "s",
    "sh",
}
REACHES_OUT = {
    "/URI",
    "/Launch",
    "/GoToR",
    "/GoToE",
    "/SubmitForm",
    "/ImportData",
    "/JavaScript",
    "/Rendition",
}


def problems(paper: bytes, *, language: str = "en-GB", links_to: tuple[str, ...] = ()) -> list[str]:
    """Everything that is wrong with the paper, in words; empty when it is sound. `links_to` are addresses it may name."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        return [
            *_catalogue(pdf, language),
            *_headings(pdf),
            *_tags(pdf),
            *_pages(pdf),
            *_attached(pdf),
            *_actions(pdf, links_to),
        ]


def headings(paper: bytes) -> list[str]:
    """The levels of the headings in tag order: ["H1", "H2", ...]."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        return [kind for kind in _kinds(pdf) if kind[:1] == "H" and kind[1:].isdigit()]


def _catalogue(pdf: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not marked as tagged"
    if str(root.get("/Lang", "")).lower() not in (
        language.lower(),
        language[:2].lower(),
    ):
        yield f"language is {root.get('/Lang')!s}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the window does not show the title"
    with pdf.open_metadata() as metadata:
        if not metadata.get("dc:title"):
            yield "no title"
        if metadata.get(UA) != "1":
            yield "not declared PDF/UA-1"


def _elements(node: Any) -> Iterator[Any]:
    """Structure elements in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def _tree(pdf: pikepdf.Pdf) -> list[Any]:
    return list(_elements(pdf.Root.StructTreeRoot.K)) if "/StructTreeRoot" in pdf.Root else []


def _kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S).lstrip("/") for element in _tree(pdf)]


def _headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    levels = [int(kind[1:]) for kind in _kinds(pdf) if kind[:1] == "H" and kind[1:].isdigit()]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for above, below in zip([0, *levels], levels, strict=False):
        if below > above + 1:
            yield f"heading level jumps from {above} to {below}"


def _tags(pdf: pikepdf.Pdf) -> Iterator[str]:
    for element in _tree(pdf):
        kind = str(element.S)
        if kind == "/Figure" and not (element.get("/Alt") or element.get("/ActualText")):
            yield "a picture without words"
        if kind == "/Link" and not _has_object(element):
            yield "a link tag without its link"
        if kind == "/Table":
            yield from _table(element)


def _table(table: Any) -> Iterator[str]:
    cells = [element for element in _elements(table.K) if str(element.S) in ("/TH", "/TD")]
    if not any(str(cell.S) == "/TH" for cell in cells):
        yield "a table without header cells"
    for cell in cells:
        # WeasyPrint ties cells to their headers by /Headers; readers accept that or a /Scope on the header.
        said = str(cell.get("/A", ""))
        if str(cell.S) == "/TD" and "Headers" not in said and not _scoped(cells):
            yield "a table cell that no header claims"
            return


def _scoped(cells: list[Any]) -> bool:
    return all("Scope" in str(cell.get("/A", "")) for cell in cells if str(cell.S) == "/TH")


def _has_object(link: Any) -> bool:
    kids = link.get("/K", [])
    return any(
        isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
        for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
    )


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if str(page.get("/Tabs")) != "/S":
            yield f"page {number}: tab order does not follow the tags"
        if count := _unmarked(page):
            yield f"page {number}: {count} things drawn outside the tags"
        for note in page.get("/Annots", []):
            if "/Contents" not in note:
                yield f"page {number}: a link without words"
            if "/StructParent" not in note:
                yield f"page {number}: a link outside the tags"


def _unmarked(page: Any) -> int:
    depth = found = 0
    for _operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in PAINTS and depth == 0:
            found += 1
    return found


def _attached(pdf: pikepdf.Pdf) -> Iterator[str]:
    if len(pdf.attachments):
        yield f"files attached: {sorted(pdf.attachments)}"
    if "/AF" in pdf.Root:
        yield "associated files"


def _actions(pdf: pikepdf.Pdf, links_to: tuple[str, ...]) -> Iterator[str]:
    if "/OpenAction" in pdf.Root and isinstance(pdf.Root.OpenAction, pikepdf.Dictionary):
        yield "does something when it is opened"
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            action = note.get("/A", {})
            kind = str(action.get("/S", "")) if action else ""
            address = str(action.get("/URI", "")) if action else ""
            if kind in REACHES_OUT and not (kind == "/URI" and address.startswith(links_to or ("\0",))):
                yield f"{kind} {address}".strip()
            if str(note.get("/Subtype")) == "/FileAttachment":
                yield "a file attached to a page"
