"""Made-up papers."""

import hashlib

import factory

from core.models import IssuedDocument


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
