# SPDX-License-Identifier: GPL-3.0-or-later
"""What tongdai does without a display: --check, --dump, --list-profiles."""

import json
import os
import socket
import stat
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'server'))

import centre  # noqa: E402

TONGDAI = os.path.abspath(sys.argv[2])
BOUND_S = 90


class Home:
    """A home folder of a test, with profiles and secrets."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.config = os.path.join(self.folder.name, 'config')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def write(self, place, name, text, mode=0o600):
        folder = os.path.join(self.config, 'tongdai', place)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        path = os.path.join(folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def profile(self, name, url, more=''):
        return self.write('profiles', name + '.ini',
                          f'[profile]\ntitle=Điện lực\nbackend=supervision\n[connection]\nurl={url}\n{more}')

    def run(self, *arguments, **environment):
        """Runs tongdai with no display and no session bus."""
        variables = {name: value for name, value in os.environ.items()
                     if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS',
                                     'TONGDAI_TOKEN', 'TONGDAI_SECRET', 'XDG_RUNTIME_DIR')}
        variables.update(HOME=self.folder.name, XDG_CONFIG_HOME=self.config,
                         TONGDAI_CENTRE=centre.program(), **environment)
        return subprocess.run([TONGDAI, *arguments], env=variables, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=BOUND_S,
                              encoding='utf-8', check=False)


def statuses(result):
    """What --check said: id -> status."""
    return {line.split()[1]: line.split()[0] for line in result.stdout.splitlines()}


def closed_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def assert_secret_is_kept(result):
    for secret in (centre.READ, centre.ACT, 'geheim'):
        assert secret not in result.stdout, result.stdout
        assert secret not in result.stderr, result.stderr


def check_says_what_it_found():
    with Home() as home, centre.Centre(centre.program()) as server:
        home.profile('evn', server.url)
        result = home.run('--check', 'evn', TONGDAI_SECRET=centre.READ)
        assert result.returncode == 0, (result.stdout, result.stderr)
        said = statuses(result)
        assert list(said) == ['secret', 'reached', 'security', 'signed-in', 'server', 'data', 'rights', 'clock'], said
        for check in ('secret', 'reached', 'security', 'signed-in', 'server', 'data', 'rights'):
            assert said[check] == 'ok', result.stdout
        # The centre plays a day of its own, which may be this one.
        assert said['clock'] in ('ok', 'warning'), result.stdout
        assert '10 queues, 120 agents' in result.stdout, result.stdout
        assert server.url + ' answers' in result.stdout, result.stdout
        assert result.stderr == '', result.stderr
        assert_secret_is_kept(result)


def check_tells_who_is_refused():
    with Home() as home, centre.Centre(centre.program()) as server:
        home.profile('evn', server.url)
        for environment in ({'TONGDAI_SECRET': 'geheim'}, {}):
            result = home.run('--check=evn', **environment)
            assert result.returncode == 1, (result.stdout, result.stderr)
            said = statuses(result)
            assert said['reached'] == 'ok' and said['signed-in'] == 'failed', result.stdout
            assert said['data'] == said['rights'] == said['clock'] == 'skipped', result.stdout
            assert_secret_is_kept(result)


def check_tells_that_nobody_answers():
    with Home() as home:
        home.profile('evn', f'http://127.0.0.1:{closed_port()}')
        result = home.run('--check', 'evn')
        assert result.returncode == 1, (result.stdout, result.stderr)
        assert statuses(result)['reached'] == 'failed', result.stdout


def check_takes_an_address():
    with Home() as home, centre.Centre(centre.program()) as server:
        token = home.write('secrets', 'token', centre.READ + ' read\n')
        result = home.run('--check=' + server.url, '--token-file=' + token)
        assert result.returncode == 0, (result.stdout, result.stderr)
        assert statuses(result)['signed-in'] == 'ok', result.stdout
        result = home.run('--check=' + server.url, TONGDAI_TOKEN=centre.ACT)
        assert result.returncode == 0, (result.stdout, result.stderr)


def check_takes_the_demo():
    with Home() as home:
        result = home.run('--check=demo')
        assert result.returncode == 0, (result.stdout, result.stderr)
        assert statuses(result)['data'] == 'ok', result.stdout


def secret_comes_from_its_file():
    with Home() as home, centre.Centre(centre.program()) as server:
        home.profile('evn', server.url)
        path = home.write('secrets', 'evn', centre.READ + '\n')
        result = home.run('--check=evn')
        assert result.returncode == 0, (result.stdout, result.stderr)
        assert statuses(result)['secret'] == 'warning', result.stdout
        assert path in result.stdout, result.stdout
        assert_secret_is_kept(result)

        # A token of the shell is for --url, and is not this profile's.
        result = home.run('--check=evn', TONGDAI_TOKEN='geheim')
        assert result.returncode == 0, (result.stdout, result.stderr)

        os.chmod(path, 0o644)
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o644
        result = home.run('--check=evn')
        assert result.returncode == 1, (result.stdout, result.stderr)
        assert path in result.stderr, result.stderr
        assert_secret_is_kept(result)


def bad_profiles_are_named():
    with Home() as home:
        result = home.run('--check=evn')
        assert result.returncode == 2 and '“evn”' in result.stderr, result.stderr
        assert os.path.join(home.config, 'tongdai', 'profiles') in result.stderr, result.stderr

        home.profile('south', 'https://calls.example.org')
        path = home.profile('north', 'https://calls.example.org', '[service]\nservice-level-target=140\n')
        for option in ('--check', '--dump'):
            result = home.run(option, 'evn')
            assert result.returncode == 2 and 'north, south' in result.stderr, result.stderr
            result = home.run(option, 'north')
            assert result.returncode == 2, result.stderr
            assert path + ': [service] service-level-target: 140 is not from 1 to 100 percent' in result.stderr, result.stderr
            result = home.run(option, '../north')
            assert result.returncode == 2, result.stderr
            assert result.stdout == '', result.stdout


def plain_http_needs_a_yes():
    with Home() as home:
        result = home.run('--check=http://192.0.2.1')
        assert result.returncode == 2 and 'Plain HTTP' in result.stderr, result.stderr
        home.profile('evn', 'http://192.0.2.1')
        result = home.run('--check=evn')
        assert result.returncode == 2 and '[connection] allow-plain-http' in result.stderr, result.stderr


def dump_prints_what_the_api_says():
    with Home() as home, centre.Centre(centre.program()) as server:
        home.profile('evn', server.url)
        result = home.run('--dump=evn', TONGDAI_SECRET=centre.READ)
        assert result.returncode == 0, (result.stdout, result.stderr)
        assert result.stderr == '', result.stderr
        state = json.loads(result.stdout)
        said = json.loads(server.ask('/v1/snapshot')[2])
        assert state['instance'] == said['instance']
        assert state['centre'] == said['centre'], (state['centre'], said['centre'])
        for rows in ('queues', 'agents'):
            assert len(said[rows]) > 0
            assert {row['id'] for row in state[rows]} == {row['id'] for row in said[rows]}
        assert [queue['name'] for queue in state['queues']] == [queue['name'] for queue in said['queues']]


def dump_watches_for_as_long_as_asked():
    with Home() as home, centre.Centre(centre.program(), '--speed=60') as server:
        revision = json.loads(server.ask('/v1/snapshot')[2])['revision']
        start = time.monotonic()
        result = home.run('--dump=' + server.url, '--after=3', TONGDAI_SECRET=centre.READ)
        assert time.monotonic() - start >= 3
        assert result.returncode == 0, (result.stdout, result.stderr)
        # Three minutes of this centre's day went by.
        assert json.loads(result.stdout)['revision'] > revision + 1


def dump_says_why_nothing_came():
    with Home() as home, centre.Centre(centre.program()) as server:
        result = home.run('--dump=' + server.url, TONGDAI_SECRET='geheim')
        assert result.returncode == 1 and result.stdout == '', (result.stdout, result.stderr)
        assert result.stderr.startswith('tongdai: '), result.stderr
        assert_secret_is_kept(result)
    with Home() as home:
        result = home.run('--dump', f'http://127.0.0.1:{closed_port()}', '--after=1')
        assert result.returncode == 1 and result.stdout == '', (result.stdout, result.stderr)
        assert '127.0.0.1' in result.stderr, result.stderr


def dump_notices_a_full_disk():
    with Home() as home, open('/dev/full', 'wb') as full:
        process = subprocess.run([TONGDAI, '--dump=demo'], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE,
                                 timeout=BOUND_S, check=False,
                                 env={**os.environ, 'XDG_CONFIG_HOME': home.config, 'TONGDAI_CENTRE': centre.program()})
        assert process.returncode == 1 and process.stderr, process.stderr


def profiles_are_listed():
    with Home() as home:
        result = home.run('--list-profiles')
        assert result.returncode == 0 and result.stdout == '', (result.stdout, result.stderr)
        home.profile('south', 'https://calls.example.org')
        home.write('profiles', 'broken.ini', 'nothing')
        result = home.run('--list-profiles')
        assert result.returncode == 0
        assert result.stdout == 'broken\t-\t\nsouth\tsupervision\tĐiện lực\n', result.stdout
        assert 'broken.ini' in result.stderr, result.stderr


def the_past_is_imported_and_exported():
    with Home() as home:
        home.profile('evn', 'https://calls.example.org', '[service]\ntimezone=Asia/Ho_Chi_Minh\n')
        data = {'XDG_DATA_HOME': os.path.join(home.folder.name, 'data')}
        past = os.path.join(home.folder.name, 'past.csv')
        out = os.path.join(home.folder.name, 'out.csv')

        result = home.run('--export=' + out, **data)
        assert result.returncode == 1 and 'evn' in result.stderr, result.stderr
        with open(past, 'w', encoding='utf-8') as file:
            file.write('timestamp,calls\n')
            for hour in range(24):
                for quarter in range(4):
                    file.write(f'2025-03-03T{hour:02}:{15 * quarter:02},{hour + quarter}\n')
        result = home.run('--import=' + past, **data)
        assert result.returncode == 1 and 'past.csv, line 1' in result.stderr and '--queue' in result.stderr, result.stderr
        result = home.run('--import', past, '--queue=1900', **data)
        assert result.returncode == 0 and result.stdout == result.stderr == '', (result.stdout, result.stderr)
        kept = os.path.join(home.folder.name, 'data', 'tongdai', 'evn', 'history.db')
        assert stat.S_IMODE(os.stat(kept).st_mode) == 0o600

        result = home.run('--export', out, '--profile=evn', **data)
        assert result.returncode == 0, result.stderr
        with open(out, encoding='utf-8') as file:
            lines = file.read().splitlines()
        assert len(lines) == 1 + 1440, len(lines)
        assert lines[1].startswith('2025-03-03T00:00:00+07:00,1900,60,'), lines[1]
        columns = [line.split(',') for line in lines[1:]]
        assert sum(int(row[3]) for row in columns) == sum(hour + quarter for hour in range(24) for quarter in range(4))

        with open(past, 'a', encoding='utf-8') as file:
            file.write('2025-03-04T00:00,many\n')
        result = home.run('--import', past, '--queue=1901', **data)
        assert result.returncode == 1 and 'past.csv, line 98, column “offered”' in result.stderr, result.stderr
        home.run('--export', out, **data)
        with open(out, encoding='utf-8') as file:
            assert '1901' not in file.read()


def an_import_needs_one_profile():
    with Home() as home:
        assert home.run('--import=past.csv').returncode == 2
        home.profile('north', 'https://calls.example.org')
        home.profile('south', 'https://calls.example.org')
        result = home.run('--import=past.csv')
        assert result.returncode == 2 and 'north, south' in result.stderr, result.stderr
        assert home.run('--import=past.csv', '--profile=demo').returncode == 2
        result = home.run('--import=past.csv', '--profile=north')
        assert result.returncode == 1 and 'past.csv' in result.stderr, result.stderr
        result = home.run('--import=past.csv', '--export=out.csv')
        assert result.returncode != 0 and '--import' in result.stderr, result.stderr


def the_readme_tells_a_good_profile():
    readme = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'README.md')
    with open(readme, encoding='utf-8') as file:
        text = file.read()
    start = text.index('[profile]\n')
    with Home() as home:
        home.write('profiles', 'evn.ini', text[start:text.index('```', start)])
        result = home.run('--list-profiles')
        assert result.stdout == 'evn\tasterisk\tĐiện lực miền Nam\n' and result.stderr == '', (result.stdout, result.stderr)


centre.run([
    check_says_what_it_found,
    check_tells_who_is_refused,
    check_tells_that_nobody_answers,
    check_takes_an_address,
    check_takes_the_demo,
    secret_comes_from_its_file,
    bad_profiles_are_named,
    plain_http_needs_a_yes,
    dump_prints_what_the_api_says,
    dump_watches_for_as_long_as_asked,
    dump_says_why_nothing_came,
    dump_notices_a_full_disk,
    profiles_are_listed,
    the_past_is_imported_and_exported,
    an_import_needs_one_profile,
    the_readme_tells_a_good_profile,
])
