"""A small PDF writer: pages of plain text in Helvetica, nothing else."""

from collections.abc import Sequence


#: A4 in points, margins and line height.
WIDTH, HEIGHT, MARGIN, LEADING = 595, 842, 72, 16


def pdf(title: str, pages: Sequence[str]) -> bytes:
    """Return a PDF with one page for each text in ``pages``.

    Lines are not wrapped. A line that begins with ``# `` is set as a heading.
    Characters outside Latin-1 are replaced.
    """
    numbers = range(5, 5 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
        b" /Encoding /WinAnsiEncoding >> /F2 << /Type /Font /Subtype /Type1"
        b" /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> >> >>",
        b"<< /Title (" + _escaped(title) + b") >>",
    ]
    for number, text in zip(numbers, pages, strict=True):
        content = _content(text)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
            f" /Resources 3 0 R /Contents {number + 1} 0 R >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return _file(objects)


def _content(text: str) -> bytes:
    """Return the drawing commands of one page."""
    lines = [f"BT {LEADING} TL {MARGIN} {HEIGHT - MARGIN} Td".encode()]
    for line in text.strip().splitlines():
        heading = line.startswith("# ")
        lines.append(b"/F2 14 Tf" if heading else b"/F1 11 Tf")
        lines.append(b"(" + _escaped(line.removeprefix("# ")) + b") Tj T*")
    return b"\n".join([*lines, b"ET"])


def _escaped(text: str) -> bytes:
    for character in "\\()":
        text = text.replace(character, "\\" + character)
    return text.encode("latin-1", "replace")


def _file(objects: Sequence[bytes]) -> bytes:
    """Return the file: the objects, numbered from 1, and where each begins."""
    result = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(result)
    result += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        result += b"%010d 00000 n \n" % offset
    result += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1)
    result += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(result)
