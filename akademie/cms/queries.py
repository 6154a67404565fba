"""Questions about pages, news and settings."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page, Site

from akademie.accounts.models import Role, User
from akademie.cms.languages import Language, PageVersion, Versions
from akademie.cms.models import AcademySettings, BodyPage, Duty, Menu, NewsIndexPage, NewsPage, Place, StandardPage
from akademie.core.contributions import WAITING_SHOWN, NavigationLink, PublicEntry, Waiting
from akademie.core.facets import Facet, FacetedList, Option, Parameters, Selection
from akademie.core.stamps import Kept
from akademie.easy.models import Form
from akademie.topics import queries as topics
from akademie.topics.models import Topic

STAMP = "cms"  # changes with the settings, the menus and the addresses of pages
PAGES, NEWS = "seiten", "aktuelles"  # public kinds, and their stamps


def office_addresses() -> list[str]:
    """Return where mails to the Geschäftsstelle go: the address in the settings, else the people of the Leitung."""
    if email := AcademySettings.load().email:
        return [email]
    return list(User.objects.filter(role=Role.LEAD, is_active=True).order_by("pk").values_list("email", flat=True))


# -- pages ----------------------------------------------------------------------------------------------------------
def _root_path() -> str:
    return Site.objects.filter(is_default_site=True).values_list("root_page__url_path", flat=True).first() or "/"


root_path = Kept(STAMP, _root_path)  # what the tree puts before the addresses of its pages


def _places_of_pages() -> tuple[int | None, int | None]:
    start = Site.objects.filter(is_default_site=True).values_list("root_page", flat=True).first()
    return start, NewsIndexPage.objects.live().values_list("pk", flat=True).first()


places_of_pages = Kept(STAMP, _places_of_pages)  # below which pages a new page and a new piece of news are put


def visible_pages(person: Any = None) -> QuerySet[StandardPage]:
    """Return the standard pages that everyone may read; there are no private ones."""
    return StandardPage.objects.live().filter(url_path__startswith=root_path.get())


def page_at(path: str) -> dict[str, Any] | None:
    """Return title and prepared content of the page at an address without its first slash, or None."""
    found = (
        visible_pages()
        .filter(url_path=root_path.get() + path)
        .values("pk", "title", "summary", "search_description", "body_html", "language", "duty", "last_published_at")
        .first()
    )
    return {**found, "other_language": found["language"] != Language.GERMAN} if found else None


def pages_around(path: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return titles and addresses of the pages above and directly below an address, with one query."""
    root, full = root_path.get(), root_path.get() + path
    parts = path.strip("/").split("/")
    above = [root + "/".join(parts[:length]) + "/" for length in range(1, len(parts))]
    # A page lies as deep in the tree as its path has slashes. Its versions are linked above the text.
    below = Q(url_path__startswith=full, depth=full.count("/") + 1, original=None)
    rows = visible_pages().filter(below | Q(url_path__in=above)).order_by("path").values_list("title", "url_path")
    pages = [(title, url_path in above, "/" + url_path.removeprefix(root)) for title, url_path in rows]
    return (
        [(title, url) for title, is_above, url in pages if is_above],
        [(title, url) for title, is_above, url in pages if not is_above],
    )


def _versions() -> dict[str, tuple[PageVersion, ...]]:
    root = root_path.get()
    fields = ("language", "url_path", "last_published_at")
    versions: dict[int, list[PageVersion]] = {}
    for original, language, path, at in (
        visible_pages().exclude(original=None).values_list("original", *fields).order_by("language")
    ):
        versions.setdefault(original, []).append(PageVersion(Language(language), path.removeprefix(root), at))
    found = {}
    for pk, path, at in Page.objects.live().filter(pk__in=versions).values_list("pk", "url_path", "last_published_at"):
        every = (PageVersion(Language.GERMAN, path.removeprefix(root), at), *versions[pk])
        found.update({version.path: every for version in every})
    return found


versions = Kept((STAMP, PAGES, NEWS), _versions)  # all versions of the pages that have any, by each one's address


def versions_of(path: str) -> Versions | None:
    """Return the versions of the page at an address without its first slash; None when there is only one."""
    every = versions.get().get(path)
    return Versions(next(one for one in every if one.path == path), every) if every else None


def may_have_versions(page: Page) -> bool:
    """Whether this page is a German one of blocks that everyone may read in other languages too."""
    return isinstance(page, BodyPage) and getattr(page, "language", Language.GERMAN) == Language.GERMAN


def drafts_of(original: Page) -> dict[str, int]:
    """Return the versions of a page by language, drafts too."""
    return dict(StandardPage.objects.filter(original=original.pk).values_list("language", "pk"))


def all_versions() -> QuerySet[StandardPage]:
    """Return all versions, drafts too; `is_old` says that the original was published after them."""
    is_old = Q(live=True, original__live=True, original__last_published_at__gt=F("last_published_at"))
    rows = StandardPage.objects.exclude(original=None).select_related("original")
    return rows.annotate(is_old=ExpressionWrapper(is_old, BooleanField())).order_by("original__title", "language", "pk")


def waiting_versions(user: Any) -> list[Waiting]:
    """Return the versions that must follow their originals, the longest waiting first."""
    rows = all_versions().filter(is_old=True).order_by("original__last_published_at", "pk")[:WAITING_SHOWN]
    return [
        Waiting(
            text=f"„{page.original.title}“ in {Language(page.language).spoken} nachziehen",
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]), since=page.original.last_published_at,
        )
        for page in rows
        if page.original
    ]  # fmt: skip


def figures_of_versions() -> tuple[int, int]:
    """Return how many German pages everyone may read, and how many of them in Leichte Sprache too."""
    pages = visible_pages().filter(language=Language.GERMAN)
    easy = visible_pages().filter(language=Language.EASY, original__live=True)
    return pages.count(), easy.count()


def gathered(duty: str) -> list[tuple[str, str]]:
    """Return titles and addresses of all pages in Leichte Sprache, or with a video in DGS, for the page about them."""
    if duty not in Form.values:
        return []
    root = root_path.get()
    easy = Q(standardpage__language=Language.EASY)
    film = Q(standardpage__body_html__contains="<video") | Q(newspage__body_html__contains="<video")
    pages = Page.objects.live().filter(easy if duty == Form.EASY else film, url_path__startswith=root)
    rows = pages.exclude(standardpage__duty__in=Form.values).order_by("title").values_list("title", "url_path")
    return [(title, "/" + path.removeprefix(root)) for title, path in rows]


def page_entries(pages: QuerySet) -> Iterator[tuple[Any, PublicEntry]]:
    """Return standard pages as other areas show them."""
    root = root_path.get()
    rows = pages.values_list("pk", "title", "url_path", "summary", "body_html", "last_published_at", "language")
    for pk, title, url_path, summary, html, published_at, language in rows:
        yield (
            pk,
            PublicEntry(
                title=title,
                url="/" + url_path.removeprefix(root),
                summary=summary,
                label="Seite" if language == Language.GERMAN else Language(language).label,
                date=published_at.date() if published_at else None,
                text=text_of(html),
            ),
        )


def text_of(html: str) -> str:
    """Return prepared HTML as plain text."""
    return " ".join(strip_tags(html.replace("<", " <")).split())


# -- news -----------------------------------------------------------------------------------------------------------
def visible_news(person: Any = None) -> QuerySet[NewsPage]:
    """Return the news that everyone may read."""
    return NewsPage.objects.live()


def _topics_of(news: Iterable[Any]) -> dict[Any, list[tuple[str, str | None]]]:
    found: dict[Any, list[tuple[str, str | None]]] = {}
    links = NewsPage.topics.through.objects.filter(newspage__in=news)
    for pk, slug, parent in links.values_list("newspage_id", "topic__slug", "topic__parent__slug"):
        found.setdefault(pk, []).append((slug, parent))
    return found


def _news_rows() -> Iterator[tuple[Any, ...]]:
    news = list(visible_news().order_by("-published_on", "-pk").values_list("pk", "published_on"))
    links = _topics_of(pk for pk, _ in news)
    for pk, published_on in news:
        slugs = {slug for pair in links.get(pk, []) for slug in pair if slug}  # a subtopic counts for its topic too
        yield pk, tuple(slugs), str(published_on.year)


def _year_choices() -> Iterator[tuple[str, str]]:
    return ((str(year), str(year)) for year in range(2100, 2000, -1))


news_list = FacetedList(
    (NEWS, "themen"),
    _news_rows,
    (Facet("thema", "Thema", topics.choices), Facet("jahr", "Jahr", _year_choices)),
)


def select_news(parameters: Parameters) -> Selection:
    """Answer an address of the list. A subtopic stands in the facet of topics only while it is chosen."""
    selection = news_list.select(parameters)
    for slug in dict.fromkeys(parameters.getlist("thema")[:50]):
        node = topics.topic(slug)
        if node and node.parent and slug not in selection.unknown:
            selection.facets[0].options.append(Option(slug, node.name, selection.page.count, True))
    return selection


def news_cards(pks: list[Any]) -> list[dict[str, Any]]:
    """Return title, address, date and summary of these news, in this order."""
    rows = NewsPage.objects.filter(pk__in=pks).values("pk", "title", "slug", "published_on", "summary")
    by_pk = {row["pk"]: row for row in rows}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def news_at(slug: str) -> dict[str, Any] | None:
    """Return title and prepared content of a piece of news, with its topics, or None."""
    row = (
        visible_news()
        .filter(slug=slug)
        .values(
            "pk", "slug", "title", "summary", "search_description", "body_html", "published_on", "last_published_at"
        )
        .first()
    )
    if row:
        row["topics"] = list(
            Topic.objects.filter(pk__in=NewsPage.topics.through.objects.filter(newspage=row["pk"]).values("topic"))
            .in_order()
            .values_list("slug", "name")
        )
    return row


def _news_index() -> tuple[str, str]:
    return NewsIndexPage.objects.live().values_list("title", "introduction").first() or ("Aktuelles", "")


news_index = Kept((STAMP, NEWS), _news_index)  # title and introduction of the list


def news_entries(news: QuerySet) -> Iterator[tuple[Any, PublicEntry]]:
    """Return news as other areas show them."""
    rows = list(news.values_list("pk", "title", "slug", "summary", "body_html", "published_on"))
    links = _topics_of(row[0] for row in rows)
    for pk, title, slug, summary, html, published_on in rows:
        yield (
            pk,
            PublicEntry(
                title=title,
                url=f"/{NewsIndexPage.SLUG}/{slug}/",
                summary=summary,
                label="Nachricht",
                topics=tuple(slug for slug, _ in links.get(pk, [])),
                date=published_on,
                text=text_of(html),
                facets={"jahr": (str(published_on.year),)},
            ),
        )


# -- duties ---------------------------------------------------------------------------------------------------------
DRAFT_BLOCK = "draft_note"
NEEDED = (
    "operator", "legal_form", "street", "postal_code", "city", "represented_by", "email", "responsible",
    "privacy_authority", "hosting",
)  # fmt: skip


def duty_is_done(duty: Duty) -> bool:
    """Whether the operator has completed the page of this duty: it is public and says of no part that it is a draft."""
    page = StandardPage.objects.live().filter(duty=duty).only("body").first()
    return page is not None and all(block["type"] != DRAFT_BLOCK for block in page.body.get_prep_value())


def duty_editor(duty: Duty) -> str:
    """Return where the page of a duty is edited, or where to look for it."""
    pk = StandardPage.objects.filter(duty=duty).values_list("pk", flat=True).first()
    return reverse("wagtailadmin_pages:edit", args=[pk]) if pk else reverse("wagtailadmin_explore_root")


def settings_are_complete() -> bool:
    """Whether the settings say who runs the academy, as the imprint and the privacy page need it."""
    academy = AcademySettings.load()
    return all(getattr(academy, name).strip() for name in NEEDED)


# -- frame ----------------------------------------------------------------------------------------------------------
def frame_values() -> dict[str, Any]:
    """Return what the frame of every page says about the academy, and the office's own links."""
    settings = AcademySettings.load()
    place = f"{settings.postal_code} {settings.city}".strip()
    return {
        "site_name": settings.site_name,
        "operator": settings.operator,
        "operator_address": ", ".join(part for part in (settings.street, place) if part),
        "contact_email": settings.email,
        "contact_phone": settings.phone,
        "gender_form": settings.gender_form,
        "menu": menu_links(),
    }


def menu_links() -> list[NavigationLink]:
    """Return the office's own links; one to a page that is not public is left out."""
    entries = Menu.load().entries.select_related("page").order_by("sort_order", "pk")
    return [
        NavigationLink(
            key=f"menu-{entry.pk}",
            title=entry.title,
            url=_page_address(entry.page) if entry.page else entry.url,
            place=Place(entry.place).value,
            order=90,
        )
        for entry in entries
        if entry.page is None or (entry.page.live and entry.page.url_path.startswith(root_path.get()))
    ]


def _page_address(page: Page) -> str:
    return "/" + page.url_path.removeprefix(root_path.get())
