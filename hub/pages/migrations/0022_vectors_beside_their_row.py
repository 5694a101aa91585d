"""A search for a common word reads the vector of every page: kept in the row itself, not in a table beside it."""

from django.db import migrations

WRITTEN_AGAIN = "UPDATE pages_searchentry SET title = title"


class Migration(migrations.Migration):
    dependencies = [("pages", "0021_old_addresses_are_marked")]

    operations = [
        migrations.RunSQL(
            ["ALTER TABLE pages_searchentry ALTER COLUMN vector SET STORAGE MAIN", WRITTEN_AGAIN],
            ["ALTER TABLE pages_searchentry ALTER COLUMN vector SET STORAGE EXTENDED", WRITTEN_AGAIN],
        )
    ]
