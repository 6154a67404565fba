"""The address of every page that has none of its own; must come last of all addresses."""

from django.urls import re_path

from akademie.cms.models import CATCH_ALL
from akademie.cms.views import public

urlpatterns = [re_path(r"^((?:[\w-]+/)+)$", public.page, name=CATCH_ALL)]
