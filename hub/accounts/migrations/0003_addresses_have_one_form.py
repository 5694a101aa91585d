"""Puts each e-mail address that is kept already into the one form in which it is looked for from now on."""

from django.db import migrations


def in_one_form(apps, schema_editor):
    from hub.email_addresses import as_kept

    Invitation = apps.get_model("accounts", "Invitation")
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    for row in Invitation.objects.exclude(email="").order_by("pk"):
        kept = as_kept(row.email)
        if kept == row.email:
            continue
        is_open = row.accepted_at is None and row.withdrawn_at is None
        if is_open and waiting.filter(partner=row.partner, email__iexact=kept).exclude(pk=row.pk).exists():
            row.withdrawn_at = row.sent_at  # the same visible address has been invited twice: one link is enough
        row.email = kept
        row.save(update_fields=["email", "withdrawn_at"])
    for user in apps.get_model("auth", "User").objects.exclude(email="").order_by("pk"):
        kept = as_kept(user.email)
        if kept != user.email:
            user.email = kept
            user.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(in_one_form, migrations.RunPython.noop)]
