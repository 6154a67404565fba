"""People with situations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from akademie.accounts.models import User
from akademie.people.models import (
    Audience,
    Direction,
    Membership,
    MembershipState,
    Organisation,
    OrganisationKind,
    Profile,
    ProfileTopic,
)
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.tests.factories import TownFactory


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person-{n}@stadt.example")
    first_name = "Anna"
    last_name = factory.Sequence(lambda n: f"Beck {n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Planungsbüro {n}")
    kind = OrganisationKind.PLANNING


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        asked = factory.Trait(state=MembershipState.ASKED, decided_at=None)
        ended = factory.Trait(ends_on=factory.LazyFunction(timezone.localdate))
        of_organisation = factory.Trait(town=None, organisation=factory.SubFactory(OrganisationFactory))

    user = factory.SubFactory(PersonFactory)
    town = factory.SubFactory(TownFactory)
    function = "Bauamt"
    state = MembershipState.CONFIRMED
    decided_at = factory.LazyFunction(timezone.now)


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile
        skip_postgeneration_save = True

    class Params:
        public = factory.Trait(
            **{f"show_{part}": Audience.PUBLIC for part in ("name", "function", "helps", "seeks", "about")}
        )
        hidden = factory.Trait(show_name=Audience.NOBODY)

    user = factory.SubFactory(PersonFactory)
    about = "Ich kümmere mich um den Marktplatz."
    phone = "03876 781-0"

    @factory.post_generation
    def helps(self, create, slugs, **kwargs):
        add_topics(self, Direction.HELPS, slugs or ())

    @factory.post_generation
    def seeks(self, create, slugs, **kwargs):
        add_topics(self, Direction.SEEKS, slugs or ())


def add_topics(profile: Profile, direction: Direction, slugs) -> None:
    for position, slug in enumerate(slugs, 1):
        ProfileTopic.objects.create(
            profile=profile, topic=TopicFactory(slug=slug), direction=direction, position=position,
            sentence=f"Ein Satz zu {slug}.",
        )  # fmt: skip
