"""What is in “Shared by all” belongs to the partner of whoever brought it, if that is known."""

from django.db import migrations

OF_WHOEVER_BROUGHT_IT = """
    UPDATE {table} SET belongs_to_id = (
        SELECT link.partner_id FROM partners_partnergroup link
        JOIN auth_user_groups held ON held.group_id = link.group_id
        WHERE held.user_id = {table}.uploaded_by_user_id ORDER BY link.partner_id LIMIT 1
    )
    WHERE belongs_to_id IS NULL AND uploaded_by_user_id IS NOT NULL
        AND collection_id IN (SELECT id FROM wagtailcore_collection WHERE name = 'Shared by all')
"""


class Migration(migrations.Migration):
    dependencies = [("pages", "0019_what_is_shared_belongs_to_somebody")]

    operations = [
        migrations.RunSQL(OF_WHOEVER_BROUGHT_IT.format(table=table), migrations.RunSQL.noop)
        for table in ("pages_hubimage", "pages_hubdocument")
    ]
