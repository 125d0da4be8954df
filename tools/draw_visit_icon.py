"""Draw the icons of the visits' page, a house with a drop, for telephones that take no SVG: ``python -m tools.draw_visit_icon``.

Written by hand so that no drawing program is needed; ``icon.svg`` beside them shows the same.
"""

import struct
import zlib
from pathlib import Path

PLACE = Path(__file__).resolve().parents[1] / "src/jishiyu/doors/desk/static/desk/visits"
SIZES = (180, 192, 512)
BLUE, WHITE = (0x0B, 0x5C, 0x86), (0xFF, 0xFF, 0xFF)
_FINE = 3  # each pixel is asked for at this many spots each way, for smooth edges


def colour(x: float, y: float) -> tuple[int, int, int]:
    """The colour at a spot of the 512 × 512 field."""
    roof = 112 <= y <= 238 and abs(x - 256) <= (y - 112) * 144 / 126
    walls = 238 <= y <= 400 and 112 <= x <= 400
    door = 302 <= y <= 400 and 204 <= x <= 308
    round_below = (x - 256) ** 2 + (y - 257) ** 2 <= 42**2
    point_above = 176 <= y <= 257 and abs(x - 256) <= 42 * ((y - 176) / 81) ** 0.85
    return WHITE if (roof or walls) and not (door or round_below or point_above) else BLUE


def png(size: int) -> bytes:
    """The icon of a size in pixels."""
    rows = bytearray()
    for down in range(size):
        rows.append(0)
        for across in range(size):
            spots = [
                colour((across + (i + 0.5) / _FINE) * 512 / size, (down + (j + 0.5) / _FINE) * 512 / size)
                for i in range(_FINE)
                for j in range(_FINE)
            ]
            rows += bytes(sum(channel) // len(spots) for channel in zip(*spots, strict=True))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


if __name__ == "__main__":
    for pixels in SIZES:
        (PLACE / f"icon-{pixels}.png").write_bytes(png(pixels))
