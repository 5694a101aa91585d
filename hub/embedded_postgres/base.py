"""Django's PostgreSQL backend, with one difference: the first connection starts the server."""

from typing import Any

from django.db.backends.postgresql import base

from hub.embedded_postgres import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        ensure_running(self.settings_dict["HUB_DATA"])
        return super().get_new_connection(conn_params)
