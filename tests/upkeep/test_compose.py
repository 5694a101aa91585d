"""compose.yaml asks for one address and one mail account; each service is closed, and sees the secrets it needs."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from hub import first_secrets
from hub.workers import SLOWEST_HEADERS
from tests.imports import ROOT
from tests.test_settings import settings_of

WRITTEN = (ROOT / "compose.yaml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(WRITTEN)["services"]
ASKED = {"HUB_ADDRESS": "https://hub.example.org", "EMAIL_URL": "smtp+tls://hub:a-word@mail.example.org:587"}
MAY_BE_SECRET = re.compile(r"PASSWORD|SECRET|KEY|TOKEN|URL$|RECIPIENT")
NOT_SECRET = {"HUB_EXIT_URL"}
THAT_END = {"secrets", "owner", "owner-of-several"}


def folders(service: str) -> set[str]:
    """Where its volumes are, in the container."""
    return {str(volume).removesuffix(":ro").rpartition(":")[2] for volume in SERVICES[service].get("volumes", [])}


def with_folder(folder: str) -> set[str]:
    return {name for name in SERVICES if folder in folders(name) and "several" not in name}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_closed_and_ends_somewhere(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["logging"]["options"]["max-size"]
    if name in THAT_END:
        assert "restart" not in service
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"]


def test_everything_starts_by_default_and_asks_for_two_things() -> None:
    by_default = {name for name, service in SERVICES.items() if "profiles" not in service}
    assert by_default == {"secrets", "owner", "hub", "jobs", "backup", "postgres", "valkey", "caddy"}
    assert set(re.findall(r"\$\{(\w+):?\?", WRITTEN)) == ASKED.keys()
    assert "env_file" not in WRITTEN, "a file that is missing would stop the start"


@pytest.mark.parametrize("name", SERVICES)
def test_a_secret_is_a_file_and_has_no_default(name: str) -> None:
    for variable, value in SERVICES[name].get("environment", {}).items():
        if variable.endswith("_FILE"):
            assert str(value).startswith("/run/secrets/")
        elif MAY_BE_SECRET.search(variable) and variable not in NOT_SECRET:
            assert name == "secrets" or variable == "SECRET_KEY_FALLBACKS", variable
            assert re.fullmatch(r"\$\{" + variable + r":(-|\?[^}]*)\}", value), "never a word of ours"


def test_who_answers_readers_knows_no_owner_and_nobody_sees_what_opens_backups() -> None:
    assert with_folder("/run/secrets/owner") == {"secrets", "owner", "backup", "postgres"}
    assert with_folder("/run/secrets/away") == {"secrets"}
    assert with_folder("/run/secrets/valkey") == {"secrets", "valkey"}
    told = {name for name, one in SERVICES.items() if "DATABASE_OWNER_URL_FILE" in one.get("environment", {})}
    assert told == {"owner", "backup", "owner-of-several", "backup-of-several"}
    assert SERVICES["hub"]["depends_on"]["owner"] == {"condition": "service_completed_successfully"}
    assert SERVICES["owner"]["command"] == ["prepare_database"]


def test_the_parts_speak_by_sockets_in_folders_that_only_they_share() -> None:
    assert with_folder("/run/hub") == {"hub", "caddy"}
    assert with_folder("/run/valkey") == {"owner", "hub", "jobs", "backup", "valkey"}
    who_writes = {"/run/hub": "hub", "/run/valkey": "valkey"}
    for folder, name in who_writes.items():
        for other in with_folder(folder) - {name}:
            assert any(volume.endswith(f":{folder}:ro") for volume in SERVICES[other]["volumes"]), (other, folder)
    assert SERVICES["hub"]["environment"]["HUB_SOCKET"] == "/run/hub/hub.sock"
    assert SERVICES["caddy"]["environment"]["HUB_MACHINES"] == "${HUB_MACHINES:-unix//run/hub/hub.sock}"
    assert {"--port", "0"} <= set(SERVICES["valkey"]["command"])


def test_who_answers_readers_reaches_nothing_outside() -> None:
    """Mail leaves by the jobs, certificates come by Caddy; the rest has no way out. A scanner may be beside the Hub."""
    alone = {name for name, service in SERVICES.items() if service.get("network_mode") == "none"}
    assert alone == {"secrets", "postgres", "valkey"}
    assert SERVICES["hub"]["networks"] == ["inside"]
    for name in ("owner", "backup"):
        assert SERVICES[name]["networks"] == ["${HUB_BACKUP_NETWORK:-inside}"], "outside for backups elsewhere alone"
    assert SERVICES["hub"]["environment"]["HUB_MAIL_BY_JOBS"] == "yes"
    assert yaml.safe_load(WRITTEN)["networks"]["inside"] == {"internal": True}
    assert {name for name, one in SERVICES.items() if one.get("networks") == ["outside"]} >= {"jobs", "caddy"}


def test_a_line_to_the_hub_is_left_before_the_hub_closes_it() -> None:
    written = (ROOT / "deploy/Caddyfile").read_text()
    assert int(re.findall(r"keepalive (\d+)s", written)[0]) * 1000 < SLOWEST_HEADERS / 1.5


def test_the_database_is_reached_by_a_socket_and_only_caddy_from_outside() -> None:
    assert SERVICES["postgres"]["network_mode"] == "none"
    assert "listen_addresses=" in SERVICES["postgres"]["command"]
    assert "--auth-local=scram-sha-256" in SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"caddy", "hub-of-several"}
    assert SERVICES["hub-of-several"]["ports"] == ["${HUB_PORT:-127.0.0.1:8000}:8000"]


def test_from_two_answers_every_secret_is_made_and_the_hub_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMAIL_URL", ASKED["EMAIL_URL"])
    said = first_secrets.main([], tmp_path)
    assert said[-1] == "The private key of the backups is still here. docker compose run --rm secrets take-away"
    environment = {"HUB_MODE": "production"}
    for variable, value in SERVICES["backup"]["environment"].items():
        given = re.sub(r"\$\{(\w+):?[-?]?[^}]*\}", lambda found: ASKED.get(found[1], ""), str(value))
        environment[variable] = given.replace("/run/secrets", str(tmp_path))
    names = ("ALLOWED_HOSTS", "WEB_DATABASE", "CACHES", "EMAIL_HOST", "HUB_BACKUP_RECIPIENT")
    found = settings_of(tmp_path, *names, **environment)
    assert found["ALLOWED_HOSTS"] == ["hub.example.org"]
    assert found["CACHES"]["default"]["LOCATION"].endswith("@/run/valkey/valkey.sock?db=0")
    assert found["EMAIL_HOST"] == "mail.example.org"
    assert (found["WEB_DATABASE"]["HOST"], found["WEB_DATABASE"]["NAME"]) == ("/run/postgresql", "hub")
    assert len(found["WEB_DATABASE"]["PASSWORD"]) > 40
    assert found["HUB_BACKUP_RECIPIENT"].startswith("age1")


def test_a_secret_stays_and_what_env_held_before_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "the one of a Hub from before")
    monkeypatch.setenv("POSTGRES_PASSWORD", "its-password")
    assert first_secrets.make_missing(tmp_path)
    before = {file: file.read_text() for file in tmp_path.rglob("*") if file.is_file()}
    assert before[tmp_path / "hub/secret_key"] == "the one of a Hub from before"
    assert before[tmp_path / "hub/link_keys"].endswith(",the one of a Hub from before"), "its cards still open"
    assert before[tmp_path / "owner/database_owner_url"] == "postgres://hub:its-password@//run/postgresql/hub"
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.delenv("POSTGRES_PASSWORD")
    assert first_secrets.make_missing(tmp_path) == []
    assert {file: file.read_text() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_what_opens_backups_is_taken_away_and_a_new_key_stands_before_the_old(tmp_path: Path) -> None:
    first_secrets.make_missing(tmp_path)
    first = (tmp_path / "hub/encryption_keys").read_text()
    said = first_secrets.main(["take-away"], tmp_path)
    assert f"encryption_keys: {first}" in said
    assert said[-1].startswith("backup_identity: AGE-SECRET-KEY-")
    assert not (tmp_path / first_secrets.IDENTITY).exists()
    assert first_secrets.main([], tmp_path) == []
    assert first_secrets.main(["new", "encryption_keys"], tmp_path) == ["Wrote hub/encryption_keys."]
    assert (tmp_path / "hub/encryption_keys").read_text().endswith(f",{first}")
    with pytest.raises(SystemExit, match="Say nothing, take-away"):
        first_secrets.main(["show"], tmp_path)
