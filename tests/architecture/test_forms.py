"""What holds for every form of the house."""

from importlib import import_module
from pathlib import Path

from django.conf import settings

from core.forms.fields import DateField

HERE = Path(settings.BASE_DIR)


def test_a_date_asked_for_by_a_question_has_a_name_for_its_mistakes():
    dates = [(form, field) for form in _forms() for field in form.base_fields.values() if isinstance(field, DateField)]

    assert [form for form, field in dates if field.name.endswith("?")] == []
    assert len(dates) >= 20


def _forms():
    """Every form class written in a module about forms."""
    for path in sorted([*HERE.glob("*/forms.py"), *HERE.glob("*/forms/*.py"), HERE / "core/views/styleguide.py"]):
        module = import_module(".".join(path.relative_to(HERE).with_suffix("").parts))
        for thing in vars(module).values():
            if getattr(thing, "__module__", "") == module.__name__ and hasattr(thing, "base_fields"):
                yield thing
