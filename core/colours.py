"""Colours as a council gives them: "#0f4a44", and whether words on them can be read (WCAG 2.2, 1.4.3)."""

BRAND, ACCENT = "#0f4a44", "#d7a52f"
HEX = r"^#[0-9a-f]{6}$"
ENOUGH = 4.5


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
