"""Municipalities of Germany as the product knows them."""

from typing import Any

from django.db import models

TOWNS_OF_THEIR_OWN = {"Kreisfreie Stadt": "kreisfreie Stadt", "Stadtkreis": "Stadtkreis"}  # kind, and in a sentence
TOWN_KINDS = ("Stadt", "Große Kreisstadt", "Kreisfreie Stadt", "Stadtkreis")


class Size(models.TextChoices):
    """Size classes by inhabitants; the BBSR's limits for small towns are 5,000, 10,000 and 20,000."""

    UNDER_5 = "unter-5000", "unter 5.000"
    UNDER_10 = "5000-9999", "5.000 bis unter 10.000"
    UNDER_20 = "10000-19999", "10.000 bis unter 20.000"
    OVER_20 = "ab-20000", "20.000 und mehr"

    @classmethod
    def of(cls, population: int) -> "Size":
        """Return the class of a number of inhabitants."""
        limits = ((5_000, cls.UNDER_5), (10_000, cls.UNDER_10), (20_000, cls.UNDER_20))
        return next((size for limit, size in limits if population < limit), cls.OVER_20)


class Location(models.TextChoices):
    """Our own estimate from the inhabitants within 50 km; not the BBSR's type (see data/README.md)."""

    VERY_CENTRAL = "very central", "sehr zentral"
    CENTRAL = "central", "zentral"
    PERIPHERAL = "peripheral", "peripher"
    VERY_PERIPHERAL = "very peripheral", "sehr peripher"


class Trend(models.TextChoices):
    """Change of population 2013 to 2023: growing from +3 %, shrinking from -3 %."""

    GROWING = "growing", "wachsend"
    STABLE = "stable", "stabil"
    SHRINKING = "shrinking", "schrumpfend"


class SmallTown(models.TextChoices):
    """Why a municipality is counted as a small town; never by population alone (see data/README.md)."""

    BBSR = "bbsr", "Kleinstadt nach BBSR"
    SIZE = "size", "nach Einwohnerzahl"
    RIGHTS = "rights", "nach Stadtrecht"
    OFFICE = "office", "nach eigener Angabe"


def has_town_rights(kind: str) -> bool:
    """Whether this kind is a Stadt in law; Markt and Gemeinde are not."""
    return kind in TOWN_KINDS


def district_in_words(district: str, kind: str) -> str:
    """Return a district with its kind, as people say it; a town of its own has none besides itself."""
    if kind in TOWNS_OF_THEIR_OWN:
        return TOWNS_OF_THEIR_OWN[kind]
    return district if district.lower().endswith("kreis") else f"{kind} {district}"


def place_in_words(name: str, district_name: str, state: str) -> str:
    """Return district and Land; names alone are not unique. A city that is a Land stands for itself."""
    return state if state == name else f"{district_name}, {state}"


def people_per_km2(population: int, area_km2: Any) -> int:
    """Return inhabitants per square kilometre, rounded."""
    return round(population / float(area_km2)) if area_km2 else 0


class TownQuerySet(models.QuerySet["Town"]):
    """Questions about towns as the product says them."""

    def in_register(self) -> "TownQuerySet":
        """Municipalities of the present register, without those that were merged away."""
        return self.filter(left_register=False)

    def small_towns(self) -> "TownQuerySet":
        """Municipalities that count as small towns, for whichever reason."""
        return self.exclude(small_town="")


class Town(models.Model):
    """A municipality. All of them are here: one that calls itself a small town can join whatever its size."""

    ags = models.CharField("Gemeindeschlüssel", max_length=8, primary_key=True)
    ars = models.CharField("Regionalschlüssel", max_length=12)
    name = models.CharField("Name", max_length=120)
    name_alt = models.CharField("zweiter amtlicher Name", max_length=120, blank=True)
    designation = models.CharField("Bezeichnung", max_length=120, blank=True)
    kind = models.CharField("Art", max_length=40)
    state = models.CharField("Land", max_length=40)
    district = models.CharField("Kreis", max_length=80)
    district_kind = models.CharField("Art des Kreises", max_length=40)
    association = models.CharField("Gemeindeverband", max_length=80, blank=True)
    association_kind = models.CharField("Art des Verbands", max_length=20, blank=True)
    population = models.PositiveIntegerField("Einwohner")
    size = models.CharField("Größe", max_length=20, choices=Size)
    area_km2 = models.DecimalField("Fläche in km²", max_digits=7, decimal_places=2)
    lat = models.FloatField("Breite")
    lon = models.FloatField("Länge")
    postal_code = models.CharField("Postleitzahl der Verwaltung", max_length=5)
    degurba = models.PositiveSmallIntegerField("Verstädterungsgrad")
    bbsr_type = models.CharField("Stadt- und Gemeindetyp 2015", max_length=40, blank=True)
    small_town = models.CharField("Kleinstadt", max_length=10, choices=SmallTown, blank=True)
    pop_change_pct = models.DecimalField("Entwicklung in %", max_digits=6, decimal_places=1, null=True)
    trend = models.CharField("Trend", max_length=10, choices=Trend, blank=True)
    pop_50km_k = models.PositiveIntegerField("Einwohner im Umkreis von 50 km, in Tausend")
    km_to_city = models.PositiveIntegerField("km zur nächsten Großstadt")
    location = models.CharField("Lage", max_length=20, choices=Location)
    small_town_decided = models.BooleanField(
        "von der Geschäftsstelle festgelegt", default=False,
        help_text="Dann ändert ein neues Register nicht, ob die Gemeinde als Kleinstadt zählt.",
    )  # fmt: skip
    left_register = models.BooleanField(
        "aufgelöst", default=False, help_text="Steht nicht mehr im Register, zum Beispiel nach einem Zusammenschluss."
    )

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = "Stadt oder Gemeinde"
        verbose_name_plural = "Städte und Gemeinden"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the profile."""
        return f"/staedte/{self.ags}/"

    @property
    def has_town_rights(self) -> bool:
        """Whether it is a Stadt in law; Markt and Gemeinde are not."""
        return has_town_rights(self.kind)

    @property
    def district_name(self) -> str:
        """The district with its kind."""
        return district_in_words(self.district, self.district_kind)

    @property
    def place(self) -> str:
        """District and Land; names alone are not unique."""
        return place_in_words(self.name, self.district_name, self.state)

    @property
    def people_per_km2(self) -> int:
        """Inhabitants per square kilometre."""
        return people_per_km2(self.population, self.area_km2)


class FigureSource(models.Model):
    """Where a group of figures comes from and what day it describes; loaded with the register."""

    key = models.CharField("Schlüssel", max_length=30, primary_key=True)
    title = models.CharField("Quelle", max_length=120)
    as_of = models.CharField("Stand", max_length=60)
    attribution = models.TextField("Quellenangabe", max_length=600, blank=True)

    class Meta:
        verbose_name = "Quelle der Kennzahlen"
        verbose_name_plural = "Quellen der Kennzahlen"

    def __str__(self) -> str:
        return f"{self.title}, {self.as_of}"
