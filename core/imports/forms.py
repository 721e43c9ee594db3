"""The one form of imports: choose a file."""

from typing import Any

from django import forms

from core.forms import fields
from core.imports.base import Importer


class Upload(forms.Form):
    """Takes the importer's kinds of file; what is inside is looked at by the service and the worker."""

    key = fields.IdempotencyField()
    file = forms.FileField(
        label="Choose a file",
        error_messages={
            "required": "Choose a file to upload",
            "empty": "The file is empty. Choose a file that has lines in it.",
            "max_length": "Give the file a shorter name.",
            "invalid": "Choose a file to upload",
            "missing": "Choose a file to upload",
        },
    )

    def __init__(self, *args: Any, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = " or ".join(ending.removeprefix(".").upper() for ending in importer.accepts)
        self.fields["file"].help_text = f"{kinds}, up to {importer.most_bytes // 1024**2} MB"
        self.fields["file"].widget.attrs["accept"] = ",".join(importer.accepts)
