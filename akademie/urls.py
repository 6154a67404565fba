"""All addresses; each area keeps its own German paths. What people read most is looked for first: each try costs."""

from django.urls import include, path

urlpatterns = [
    path("", include("akademie.api.urls")),  # first: /praxis/feed/ is no practice named so
    path("", include("akademie.practices.urls")),
    path("", include("akademie.library.urls")),
    path("", include("akademie.formats.urls")),
    path("", include("akademie.events.urls")),
    path("", include("akademie.towns.urls")),
    path("", include("akademie.topics.urls")),
    path("", include("akademie.terms.urls")),
    path("", include("akademie.search.urls")),
    path("", include("akademie.portal.urls")),
    path("", include("akademie.core.urls")),
    path("", include("akademie.easy.urls")),  # films, where pictures lie too
    path("", include("akademie.files.urls")),
    path("", include("akademie.cms.urls")),
    path("", include("akademie.cms.office_urls")),
    path("", include("akademie.accounts.urls")),
    path("", include("akademie.people.urls")),
    path("", include("akademie.notifications.urls")),
    path("", include("akademie.exchange.urls")),
    path("", include("akademie.accessibility.urls")),
    path("", include("akademie.moderation.urls")),
    path("", include("akademie.editing.urls")),
    path("", include("akademie.surveys.urls")),
    path("", include("akademie.weblinks.urls")),
    path("", include("akademie.questionnaires.urls")),
    path("", include("akademie.privacy.urls")),
    path("", include("akademie.operation.urls")),
    path("", include("akademie.cms.page_urls")),  # every other page; must stay last
]

handler400 = "akademie.core.views.public.bad_request"
handler403 = "akademie.core.views.public.permission_denied"
handler404 = "akademie.core.views.public.not_found"
handler500 = "akademie.core.views.public.server_error"
