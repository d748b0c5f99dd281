# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts tongdai-centre for a test, talks to it, and reports in TAP."""

import http.client
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import unittest

READ = 'read-token-of-a-test'
ACT = 'act-token-of-a-test'
START_S = 60


class Centre:
    """A running tongdai-centre on a free port. Use it in a with statement."""

    def __init__(self, program, *arguments, tokens=True, stdin=subprocess.DEVNULL):
        self.file = tempfile.NamedTemporaryFile('w', suffix='.tokens')
        self.file.write(f'# tokens\n{READ} read\n\n{ACT}\tact\n')
        self.file.flush()
        command = [program, '--port=0', '--date=2026-11-20T10:00', *arguments]
        if tokens:
            command.append(f'--token-file={self.file.name}')
        # Unbuffered: a line that waits in a buffer of Python's is none that select() sees.
        self.process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, bufsize=0)
        self.lines = []
        deadline = time.monotonic() + START_S
        while not (self.lines and self.lines[-1].startswith('listening on ')):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                self.process.kill()
                raise AssertionError('the centre did not say that it listens')
            line = self.process.stdout.readline().decode()
            if not line:
                raise AssertionError('the centre ended: ' + self.process.stderr.read().decode())
            self.lines.append(line.rstrip('\n'))
        self.url = self.lines[-1].split(' ')[-1]
        self.port = int(self.url.rsplit(':', 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.wait()
        if kind is None:
            assert code == 0, f'the centre ended with {code}: {self.errors}'

    def wait(self):
        """Waits for the end of the process; its exit code."""
        try:
            _, errors = self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, errors = self.process.communicate()
            raise
        finally:
            self.errors = errors.decode()
            self.file.close()
        return self.process.returncode

    def ask(self, path, token=READ, method='GET', body=None, timeout=20, **headers):
        """One request on a connection of its own: (status, headers, bytes)."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        fields = {name.replace('_', '-'): value for name, value in headers.items()}
        if token:
            fields['Authorization'] = f'Bearer {token}'
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            fields.setdefault('Content-Type', 'application/json')
        try:
            connection.request(method, path, body, fields)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def act(self, path, body, token=ACT):
        status, _, data = self.ask(path, token, 'POST', body)
        assert status == 200, (status, data)
        return json.loads(data)


def run(tests):
    """Runs the functions as a TAP test and exits."""
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace('_', '-')
        try:
            test()
            print(f'ok {number} {name}', flush=True)
        except unittest.SkipTest as reason:
            print(f'ok {number} {name} # SKIP {reason}', flush=True)
        except Exception:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print('#', line)
            print(f'not ok {number} {name}', flush=True)
    sys.exit(1 if failed else 0)


def program():
    """The tongdai-centre to test, told on the command line."""
    return os.path.abspath(sys.argv[1])
