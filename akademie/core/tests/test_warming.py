from akademie.core import warming
from akademie.core.contributions import ContributionPoint, NavigationLink, PublicEntry, PublicKind
from akademie.core.models import Stamp


def test_warming_asks_for_each_page_under_the_name_of_the_site(settings):
    settings.SITE_URL = "https://akademie.example"
    asked = []

    class Answer(list):
        def close(self) -> None:
            asked.append("closed")

    def application(environ, start_response):
        asked.append((environ["wsgi.url_scheme"], environ["HTTP_HOST"], environ["PATH_INFO"], environ["QUERY_STRING"]))
        return Answer([b"ok"])

    warming.warm(application, ["/", "/suche/?q=Markt"])
    assert asked == [
        ("https", "akademie.example", "/", ""),
        "closed",
        ("https", "akademie.example", "/suche/", "q=Markt"),
        "closed",
    ]


def test_the_main_menu_and_one_thing_of_each_kind_are_warmed(db, monkeypatch):
    menu = ContributionPoint("navigation", NavigationLink)
    menu.add(NavigationLink(key="marken", title="Marken", url="/marken/"))
    menu.add(NavigationLink(key="impressum", title="Impressum", url="/impressum/", place="footer"))
    kinds = ContributionPoint("public_kinds", PublicKind)
    seen = []
    kinds.add(
        PublicKind(
            key="marken",
            title="Marken",
            singular="Marke",
            model=Stamp,
            visible_to=lambda user: seen.append(user.is_anonymous) or Stamp.objects.order_by("key"),
            entries=lambda marks: (
                (mark.pk, PublicEntry(title=mark.key, url=f"/marken/{mark.key}/")) for mark in marks
            ),
        )
    )
    monkeypatch.setattr(warming, "navigation", menu)
    monkeypatch.setattr(warming, "public_kinds", kinds)
    Stamp.objects.all().delete()
    assert warming.pages_to_warm() == ["/", "/marken/", "/marken/?q=Innenstadt"]
    Stamp.objects.create(key="alt", value="1")
    Stamp.objects.create(key="neu", value="2")
    assert warming.pages_to_warm() == ["/", "/marken/", "/marken/alt/", "/marken/?q=Innenstadt"]
    assert seen == [True, True]
