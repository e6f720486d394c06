"""The site as it is in debug, with the local outbox."""

from django.urls import include, path

from trace_site import urls
from trace_site.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [path("outbox/", include("core.post.outbox_urls")), *urls.urlpatterns]
