"""Made-up papers."""

import hashlib

import factory

from core.models import ImportRow, ImportRun, IssuedDocument
from tests.factories.accounts import UserFactory


class IssuedDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IssuedDocument

    kind = "letter"
    title = "Decision letter CoS-2041"
    subject_type = "made.up"
    subject_id = factory.Sequence(str)
    template = "made/up.html"
    context = factory.LazyFunction(dict)
    html = "<!DOCTYPE html><html lang='en-GB'><title>Letter</title><p>The words.</p></html>"
    sha256 = factory.LazyAttribute(lambda paper: hashlib.sha256(paper.html.encode()).hexdigest())
    code = factory.Sequence(lambda n: f"{n:012d}".translate(str.maketrans("01", "BC")))


class ImportRunFactory(factory.django.DjangoModelFactory):
    """A file that waits to be read, unless said otherwise."""

    class Meta:
        model = ImportRun

    kind = "schools"
    file = "imports/made-up.csv"
    original_name = "schools.csv"
    size = 120
    sha256 = "0" * 64
    uploaded_by = factory.SubFactory(UserFactory)


class ImportRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRow

    run = factory.SubFactory(ImportRunFactory)
    position = factory.Sequence(lambda n: n)
    line = factory.Sequence(lambda n: n + 2)
    change = ImportRow.Change.ADDED
    label = "Made-up School"
