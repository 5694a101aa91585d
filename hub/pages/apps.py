from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hub.pages"
    label = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from hub.pages.search_index import page_changed

        page_published.connect(page_changed, dispatch_uid="search_published")
        page_unpublished.connect(page_changed, dispatch_uid="search_unpublished")
