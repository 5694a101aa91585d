"""WordPress as professional hosts sell it: Debian's package, php-fpm with its opcache, MariaDB, and nginx's page cache.

All of it runs from a temporary folder, listens on this machine alone, and ends with the block. Nothing of the system's
own services is touched. Without the packages there is no WordPress in the results, and they say so.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.machine import free_ports

CACHED, UNCACHED = free_ports(2)
SOURCE = Path("/usr/share/wordpress")
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
WORDS_OF_ITS_CONFIGURATION = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'wordpress'); define('DB_PASSWORD', 'only-for-measuring');
define('DB_HOST', 'localhost:{made}/db.sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', 'http://localhost:' . ($_SERVER['SERVER_PORT'] ?? '{port}')); define('WP_SITEURL', WP_HOME);
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """
define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = 'localhost:{port}'; $_SERVER['SERVER_PORT'] = '{port}';
require '{site}/wp-load.php'; require '{site}/wp-admin/includes/upgrade.php';
wp_install('Stock', 'admin', 'admin@example.org', false, '', 'only-for-measuring');
$words = file_get_contents('{words}');
for ($n = 1; $n <= 12; $n++) {{
    wp_insert_post(['post_title' => "Page $n", 'post_content' => $words, 'post_status' => 'publish',
        'post_type' => 'page', 'post_name' => "page-$n"]);
}}
update_option('permalink_structure', '/%postname%/'); flush_rewrite_rules(false);
"""
POOL = """[global]
error_log = {made}/php.log
daemonize = no
[www]
listen = {made}/php.sock
{user}
pm = static
pm.max_children = 4
catch_workers_output = yes
php_admin_value[zlib.output_compression] = 1
php_admin_value[opcache.memory_consumption] = 128
"""
SERVER = """
server {{ listen 127.0.0.1:{port}; root {site}; index index.php; {cache}
  location / {{ try_files $uri $uri/ /index.php?$args; }}
  location ~ \\.php$ {{ fastcgi_pass unix:{made}/php.sock; fastcgi_buffers 16 64k; fastcgi_buffer_size 64k;
    fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; fastcgi_param SCRIPT_NAME $fastcgi_script_name;
    fastcgi_param REQUEST_URI $request_uri; fastcgi_param QUERY_STRING $query_string; fastcgi_param HTTPS "";
    fastcgi_param REQUEST_METHOD $request_method; fastcgi_param SERVER_NAME localhost;
    fastcgi_param SERVER_PORT $server_port; fastcgi_param SERVER_PROTOCOL $server_protocol;
    fastcgi_param DOCUMENT_ROOT $document_root; fastcgi_param REMOTE_ADDR $remote_addr; }} }}
"""
CACHE = (
    "fastcgi_cache pages; fastcgi_cache_valid 200 10m; fastcgi_cache_key $request_uri$http_accept_encoding;"
    " fastcgi_ignore_headers Cache-Control Expires Set-Cookie Vary;"
)


def is_there() -> bool:
    """Whether its packages are installed."""
    return all(map(_program, ("nginx", "mariadbd", "mariadb-install-db", "php"))) and bool(
        _php_fpm() and SOURCE.is_dir()
    )


@contextmanager
def wordpress(made: Path, words: Path) -> Iterator[dict[str, str]]:
    """The addresses of a page, cached by nginx and not; nothing without its packages."""
    if not is_there():
        yield {}
        return
    made = made / "wordpress"
    site = made / "site"
    shutil.copytree(SOURCE, site, symlinks=False, ignore_dangling_symlinks=True)
    (site / "wp-config.php").write_text(WORDS_OF_ITS_CONFIGURATION.format(made=made, port=UNCACHED))
    for folder in (made, made.parent):
        folder.chmod(0o755)
    with ExitStack() as running:
        _database(made, running)
        install = INSTALL.format(site=site, words=words, port=UNCACHED)
        subprocess.run(
            [_program("php"), "-d", "display_errors=stderr", "-r", install], check=True, stdout=subprocess.DEVNULL
        )
        _php(made, running)
        _nginx(made, site, running)
        yield {
            "WordPress, nginx's page cache": f"http://localhost:{CACHED}/page-1/",
            "WordPress": f"http://localhost:{UNCACHED}/page-1/",
        }


def _database(made: Path, running: ExitStack) -> None:
    data, socket, user = made / "db", made / "db.sock", _user()
    common = [f"--datadir={data}", f"--user={user}"]
    subprocess.run(
        [_program("mariadb-install-db"), "--no-defaults", *common, "--auth-root-authentication-method=normal"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _begin(running, [_program("mariadbd"), "--no-defaults", *common, f"--socket={socket}", "--skip-networking"], socket)
    grant = (
        "CREATE DATABASE wordpress; CREATE USER wordpress@localhost IDENTIFIED BY 'only-for-measuring';"
        " GRANT ALL ON wordpress.* TO wordpress@localhost;"
    )
    subprocess.run(
        [_program("mariadb"), "--no-defaults", f"--socket={socket}", "--user=root", "--execute", grant], check=True
    )


def _php(made: Path, running: ExitStack) -> None:
    user = f"user = {_user()}\ngroup = {_user()}" if os.getuid() == 0 else ""
    (made / "pool.conf").write_text(POOL.format(made=made, user=user))
    as_root = ["-R"] if os.getuid() == 0 else []
    _begin(running, [_php_fpm(), *as_root, "-F", "-y", str(made / "pool.conf")], made / "php.sock")


def _nginx(made: Path, site: Path, running: ExitStack) -> None:
    servers = [SERVER.format(made=made, site=site, port=port, cache=cache) for port, cache in
               ((CACHED, CACHE), (UNCACHED, ""))]  # fmt: skip
    user = f"user {_user()};" if os.getuid() == 0 else ""
    (made / "nginx.conf").write_text(
        f"{user} worker_processes 2; daemon off; pid {made}/nginx.pid; error_log {made}/nginx.log; events {{}}\n"
        f"http {{ access_log off; default_type text/html; keepalive_requests 1000000;"
        f" fastcgi_cache_path {made}/cache keys_zone=pages:10m;"
        + "".join(f" {name}_temp_path {made}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + "".join(servers)
        + "}\n"
    )
    _begin(running, [_program("nginx"), "-c", str(made / "nginx.conf")], made / "nginx.pid")


def _begin(running: ExitStack, command: list[str], ready: Path) -> None:
    """Runs it until the block ends, from the moment that its socket or its number is there."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    running.callback(process.wait)
    running.callback(process.send_signal, signal.SIGTERM)
    for _ in range(600):
        if ready.exists():
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{command[0]} did not begin.")


def _user() -> str:
    return "root" if os.getuid() == 0 else str(os.getuid())


def _php_fpm() -> str:
    found = sorted(path for place in PLACES.split(":") if place for path in Path(place).glob("php-fpm*"))
    return str(found[-1]) if found else ""


def _program(name: str) -> str:
    return shutil.which(name, path=PLACES) or ""
