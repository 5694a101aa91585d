"""“Bring in files”, of Word and WordPress: choose them, and see for each what became of it and what could not be kept.

Only into a section in which one may write. Somebody else's import is a 404.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from wagtail.admin.menu import MenuItem

from hub.accounts.once import FormSentOnce, turn
from hub.malware import NotKept, check_for_harm
from hub.pages.admin.home_desk import sections_to_write_in
from hub.pages.files.opening import LARGEST_ZIP
from hub.pages.imports.drafts import begin, go_on
from hub.pages.models import ImportFile, ImportJob, PartnerSectionPage


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; Django's own field cleans one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        clean_one = super().clean
        return [clean_one(one, initial) for one in (data if isinstance(data, list) and data else [None])]


class BringForm(FormSentOnce):
    """Which files, into which section of one's own."""

    section = forms.ModelChoiceField(
        label="Into which section?",
        queryset=PartnerSectionPage.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": "You may not write in this section. Choose one of your own."},
    )
    word_files = FilesField(
        label="Word files, or WordPress’s export",
        help_text="One or more .docx files, a zip or a folder of them zipped, or the .xml file that WordPress gives.",
        widget=SeveralFiles(attrs={"multiple": True, "accept": ".docx,.zip,.xml"}),
        error_messages={"required": "Choose at least one file.", "empty": "This file is empty. Choose another."},
    )

    def __init__(self, sections: list[PartnerSectionPage], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.queryset = PartnerSectionPage.objects.filter(pk__in=[section.pk for section in sections])
        if len(sections) == 1:
            self.initial["section"] = sections[0].pk

    def clean_word_files(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["word_files"]
        if sum(file.size for file in files) > LARGEST_ZIP:
            raise forms.ValidationError("These files are too big together, at most 50 MB. Bring them in parts.")
        for file in files:
            try:
                check_for_harm(file.read())
            except NotKept as sentence:
                raise forms.ValidationError(f"{file.name}: {sentence}") from None
            file.seek(0)
        return files


@cache_control(private=True, no_store=True)
def bring(request: HttpRequest) -> HttpResponse:
    """The form. What is sent is kept first and brought in afterwards, so that nothing is lost on the way."""
    sections = sections_to_write_in(request.user)
    if not sections:
        raise PermissionDenied
    form = BringForm(sections, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        job = _begin_once(request.user, form)
        go_on(job)
        return redirect("import_job", job.pk)
    before = ImportJob.objects.filter(by_id=request.user.pk, section__in=sections)[:5]
    return render(request, "pages/admin/bring.html", {"form": form, "before": before})


def _begin_once(user: Any, form: BringForm) -> ImportJob:
    """The import of this form; the one it has begun already, when its button was pressed twice."""
    with turn(user, form) as sent:
        if sent.made:
            return ImportJob.objects.get(pk=sent.made)
        uploads = [(file.name, file.read()) for file in form.cleaned_data["word_files"]]
        job = begin(form.cleaned_data["section"], uploads, by=user)
        sent.made = str(job.pk)
        return job


@cache_control(private=True, no_store=True)
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """What became of each file. A POST goes on with what still waits."""
    found = get_object_or_404(ImportJob.objects.select_related("section"), pk=job_id)
    if found.section not in sections_to_write_in(request.user):
        raise Http404
    if request.method == "POST":
        go_on(found)
        return redirect("import_job", found.pk)
    seen = ExpressionWrapper(~Q(before=""), output_field=BooleanField())
    files = list(found.files.defer("data", "before").annotate(seen=seen).select_related("page"))
    waiting = sum(file.state == ImportFile.State.WAITING for file in files)
    context = {"job": found, "files": files, "waiting": waiting, "finished": len(files) - waiting}
    return render(request, "pages/admin/import_job.html", context)


class BringMenuItem(MenuItem):
    """“Bring in files”, for whoever writes in a section."""

    def __init__(self) -> None:
        super().__init__("Bring in files", reverse("bring_in"), name="bring-in", icon_name="upload", order=241)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(sections_to_write_in(request.user))
