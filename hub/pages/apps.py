from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hub.pages"
    label = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from wagtail.models import TaskState
        from wagtail.signals import page_published, page_unpublished, task_submitted

        from hub.accounts.signals import counting_what_is_hers, handing_over
        from hub.pages.approval_mail import tell_toolkit_editors
        from hub.pages.ownership import hand_pages_over, pages_she_answers_for
        from hub.pages.search_index import page_changed
        from hub.pages.site_address import follow_address
        from hub.partners.signals import provisioning

        page_published.connect(page_changed, dispatch_uid="search_published")
        page_unpublished.connect(page_changed, dispatch_uid="search_unpublished")
        provisioning.connect(follow_address, dispatch_uid="follow_address")
        task_submitted.connect(tell_toolkit_editors, sender=TaskState, dispatch_uid="tell_toolkit_editors")
        counting_what_is_hers.connect(pages_she_answers_for, dispatch_uid="pages_counted")
        handing_over.connect(hand_pages_over, dispatch_uid="pages_handed_over")
