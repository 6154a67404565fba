"""Organisations in the back office."""

import pytest

from akademie.cms import actions as cms
from akademie.people.models import Organisation
from akademie.people.tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LIST = "/geschaeftsstelle/cms/organisationen/"


@pytest.fixture
def office(client, lead):
    """A browser of the Leitung."""
    cms.set_up_office(lambda _: None)
    lead.save()  # joins the group that has just been made
    client.force_login(lead)
    return client


def test_the_office_puts_a_name_right(office):
    organisation = OrganisationFactory(name="Hochschule Musterstat")
    office.post(f"{LIST}edit/{organisation.pk}/", {"name": "Hochschule Musterstadt", "kind": "wissenschaft"})
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind) == ("Hochschule Musterstadt", "wissenschaft")
    assert "Hochschule Musterstadt" in office.get(LIST).content.decode()


def test_an_organisation_with_people_is_not_deleted(office):
    organisation = MembershipFactory(of_organisation=True).organisation
    empty = OrganisationFactory()
    for one in (organisation, empty):
        assert office.post(f"{LIST}delete/{one.pk}/").status_code in (200, 302)
    assert list(Organisation.objects.all()) == [organisation]
