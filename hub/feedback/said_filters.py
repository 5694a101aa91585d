"""“You said, we did”, narrowed down. A filter nobody understands is left out with a sentence, as in search."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.feedback.models import Feedback
from hub.feedback.said import answers
from hub.pages.models import ModulePage
from hub.pages.serving.filter_form import FilterForm, partner_choices
from hub.screen_languages import in_words

PER_PAGE = 20
TOOLKIT = "toolkit"


class SaidForm(FilterForm):
    """Each part optional. `module` takes its activities with it."""

    module = forms.ChoiceField(label=_("About the module"), required=False)
    by = forms.ChoiceField(label=_("Answered by"), required=False)
    outcome = forms.ChoiceField(label=_("What came of it"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.modules = {str(m.pk): m for m in ModulePage.objects.live().order_by("path").defer_streamfields()}
        self.offer("module", [("", gettext("Any")), *((pk, m.title) for pk, m in self.modules.items())])
        self.offer("by", [("", gettext("Anyone")), (TOOLKIT, gettext("The toolkit’s editors")), *partner_choices()])
        self.offer("outcome", in_words([("", _("Anything")), *Feedback.Outcome.choices]))


class SaidPage:
    """What one address of “You said, we did” shows."""

    def __init__(self, form: SaidForm, data: QueryDict) -> None:
        self.form = form
        self.problems = form.problems()
        self.paginator = Paginator(self._found(form.cleaned_data), PER_PAGE)
        self.page = self.paginator.get_page(data.get("page"))
        self.is_narrowed = any(form.cleaned_data.values())
        rest = data.copy()
        rest.pop("page", None)
        self.page_query = rest.urlencode()

    def _found(self, wanted: dict[str, Any]) -> Any:
        found = answers().select_related("page__partner")
        if wanted.get("module"):
            found = found.filter(page__path__startswith=self.form.modules[wanted["module"]].path)
        if wanted.get("by") == TOOLKIT:
            found = found.filter(page__partner__isnull=True)
        elif wanted.get("by"):
            found = found.filter(page__partner__slug=wanted["by"])
        if wanted.get("outcome"):
            found = found.filter(outcome=wanted["outcome"])
        return found
