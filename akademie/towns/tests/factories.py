"""Towns with situations."""

import factory
from factory.django import DjangoModelFactory

from akademie.towns.models import Location, Size, SmallTown, Town, Trend


class TownFactory(DjangoModelFactory):
    class Meta:
        model = Town

    class Params:
        village = factory.Trait(kind="Gemeinde", small_town="", population=900)

    ags = factory.Sequence(lambda n: f"{12070000 + n:08}")
    ars = factory.LazyAttribute(lambda town: f"{town.ags[:5]}0000{town.ags[5:]}"[:12])
    name = factory.Sequence(lambda n: f"Musterstadt {n}")
    kind = "Stadt"
    state = "Brandenburg"
    district = "Prignitz"
    district_kind = "Landkreis"
    population = 17_058
    size = factory.LazyAttribute(lambda town: Size.of(town.population))
    area_km2 = 50
    lat, lon = 53.0, 11.75
    postal_code = "19322"
    degurba = 2
    small_town = SmallTown.BBSR
    pop_change_pct = -1.8
    trend = Trend.STABLE
    pop_50km_k = 327
    km_to_city = 91
    location = Location.VERY_PERIPHERAL
