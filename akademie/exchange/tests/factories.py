"""Requests with situations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.exchange.models import HelpRequest, HelpRequestState


class HelpRequestFactory(DjangoModelFactory):
    class Meta:
        model = HelpRequest

    class Params:
        unconfirmed = factory.Trait(state=HelpRequestState.UNCONFIRMED, confirmed_at=None)
        answered = factory.Trait(state=HelpRequestState.ANSWERED, done_at=factory.LazyFunction(timezone.now))

    question = factory.Sequence(lambda n: f"Wer hat schon einen Bahnhof umgebaut, Nummer {n}?")
    email = "paula@stadt.example"
    state = HelpRequestState.OPEN
    confirmed_at = factory.LazyFunction(timezone.now)
    digest = factory.LazyAttribute(lambda one: HelpRequest.digest_of(one.email, one.question))
