"""Terms with situations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.terms.models import Term


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    class Params:
        draft = factory.Trait(live=False, first_published_at=None)

    slug = factory.Sequence(lambda n: f"fachwort-{n}")
    title = factory.Sequence(lambda n: f"Fachwort {n}")
    explanation = "Was die Stadt damit meint."
    first_published_at = factory.LazyFunction(timezone.now)
