"""The council's colours and logo."""

import re
from typing import Any

from django import forms

from core import colours
from core.forms import fields

WHITE = "#ffffff"
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_FILE, LARGEST_SIDE = 200_000, 2_000


class Look(forms.Form):
    """Two colours and a logo."""

    brand_colour = fields.TextField(
        label="Main colour", width=10, help_text="Of the header and the rules, like #0f4a44. White words stand on it."
    )
    accent_colour = fields.TextField(label="Second colour", width=10, help_text="Of the line under the header.")
    logo = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG, up to 200 kB, made for a dark background. It stands in the place of the council's name.",
    )
    no_logo = forms.BooleanField(label="Show the council's name, no logo", required=False)

    def clean_brand_colour(self) -> str:
        colour = _colour(self.cleaned_data["brand_colour"])
        found = colours.contrast(colour, WHITE)
        if found < colours.ENOUGH:
            raise forms.ValidationError(
                f"This colour is too light for white words: its contrast is {found:.1f} and must be 4.5. Choose a darker one"
            )
        return colour

    def clean_accent_colour(self) -> str:
        return _colour(self.cleaned_data["accent_colour"])

    def clean_logo(self) -> bytes | None:
        upload: Any = self.cleaned_data["logo"]
        if not upload:
            return None
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError("The logo must be smaller than 200 kB")
        picture: bytes = upload.read()
        if not picture.startswith(PNG) or max(_sides(picture)) > LARGEST_SIDE:
            raise forms.ValidationError("The logo must be a PNG picture, at most 2,000 pixels wide and high")
        return picture


def _colour(typed: str) -> str:
    colour = f"#{typed.strip().lower().removeprefix('#')}"
    if not re.fullmatch(colours.HEX, colour):
        raise forms.ValidationError("Enter a colour as six figures or letters, like #0f4a44")
    return colour


def _sides(picture: bytes) -> tuple[int, int]:
    """Width and height, as the first chunk of a PNG says."""
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
