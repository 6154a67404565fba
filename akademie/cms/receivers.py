"""What cms listens to: its own settings, addresses of pages, files."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from akademie.cms import actions, queries
from akademie.cms.actions.pages import say_changed
from akademie.cms.models import AcademySettings, Menu, MenuLink
from akademie.core import stamps
from akademie.easy.models import Explanation, SignVideo
from akademie.files.signals import file_changed


@receiver([post_save, post_delete], sender=MenuLink)
@receiver(post_save, sender=Menu)
@receiver([page_published, page_unpublished])
def renew_frame(sender: Any, **kwargs: Any) -> None:
    """A menu or a page in a menu has changed."""
    stamps.bump(queries.STAMP)


@receiver(post_save, sender=AcademySettings)
@receiver([post_save, post_delete], sender=SignVideo)
@receiver(post_save, sender=Explanation)
@receiver(file_changed)
def renew_pages(sender: Any, **kwargs: Any) -> None:
    """Details that pages show have changed."""
    actions.show_changes()


@receiver(page_unpublished)
def tell_of_archived(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page was taken away. At its time Wagtail does so without saving it as what it is."""
    say_changed(sender, [instance.pk])


@receiver([page_slug_changed, post_page_move])
def renew_addresses(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page and those below it have new addresses."""
    actions.address_changed(instance)
