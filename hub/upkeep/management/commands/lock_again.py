"""manage.py lock_again: puts everything encrypted under the newest key, so that an old key can be thrown away."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from hub.accounts import codes
from hub.stories.consent import evidence
from hub.stories.models import EvidenceFile
from hub.stories.models.encryption import EncryptedTextField
from hub.upkeep import keys


class Command(BaseCommand):
    help = "Encrypts every encrypted column again with the first key in HUB_ENCRYPTION_KEYS. Stop and rerun at will."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for model in apps.get_models():
            names = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
            for pk in model._base_manager.values_list("pk", flat=True) if names else []:
                with transaction.atomic():
                    row = model._base_manager.select_for_update().filter(pk=pk).first()
                    if row is not None:
                        row.save(update_fields=names)
                        count += 1
        files = 0
        for file in EvidenceFile.objects.order_by("pk"):
            evidence.lock_again(file)
            files += 1
        factors = codes.lock_again()
        keys.only_newest_is_needed()
        self.stdout.write(
            f"{count} rows, {files} files and {factors} secrets of second steps are under the newest key."
            " Older keys can go once no backup needs them."
        )
