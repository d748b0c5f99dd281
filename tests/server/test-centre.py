# SPDX-License-Identifier: GPL-3.0-or-later
"""tongdai-centre as a program: its command line, its end, what can be changed
while it runs, and each fault as a client meets it."""

import datetime
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

import centre

PROGRAM = centre.program()


def call(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)


def snapshot():
    status, _, body = running.ask('/v1/snapshot')
    assert status == 200, status
    return json.loads(body)


def fault(name, **more):
    return running.act('/demo/fault', {'fault': name, **more})


def raw(request, seconds=20):
    """What the centre says to @request within @seconds, or before it closes."""
    deadline = time.monotonic() + seconds
    said = b''
    with socket.create_connection(('127.0.0.1', running.port)) as connection:
        connection.sendall(request)
        while (left := deadline - time.monotonic()) > 0:
            connection.settimeout(left)
            try:
                piece = connection.recv(65536)
            except (TimeoutError, ConnectionResetError):
                break
            if not piece:
                break
            said += piece
    return said


SNAPSHOT_REQUEST = f'GET /v1/snapshot HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {centre.READ}\r\n\r\n'.encode()


def help_tells_of_options_and_faults():
    result = call('--help')
    assert result.returncode == 0
    for word in ('--scenario', '--token-file', '--exit-with-parent', '--unmarked', '/demo/fault', 'wrong-types', 'backwards'):
        assert word in result.stdout, word


def version_and_scenarios_are_listed():
    assert call('--version').stdout.startswith('tongdai-centre ')
    scenarios = call('--list-scenarios').stdout.split()
    assert scenarios[0] == 'normal' and 'outage' in scenarios
    assert running.act('/demo/speed', {'speed': 1})['scenarios'] == scenarios


def bad_options_are_refused_in_words():
    with tempfile.NamedTemporaryFile('w') as tokens:
        tokens.write('secret-word everything\n')
        tokens.flush()
        for arguments in (['--speed=-1'], ['--port=65536'], ['--agents=10001'], ['--date=2026-02-30'], ['--date=yesterday'],
                          ['--date=2026-11-20T25:00'], ['--address=localhost'], ['--scenario=war'], ['--what'], ['extra'],
                          ['--update-ms=1'], ['--token-file=/nonexistent'], [f'--token-file={tokens.name}']):
            result = call('--port=0', *arguments)
            assert result.returncode in (1, 2), (arguments, result.returncode)
            assert result.stderr.startswith('tongdai-centre: '), arguments
            assert 'secret-word' not in result.stderr, 'a token is in the log'


def without_token_file_a_token_is_made_and_printed():
    with centre.Centre(PROGRAM, tokens=False) as other:
        word, token = other.lines[0].split(' ')
        assert word == 'token' and len(token) >= 32
        assert other.ask('/v1/snapshot', token)[0] == 200
        assert other.ask('/v1/snapshot', centre.READ)[0] == 401
        assert other.act('/demo/speed', {'speed': 2}, token)['speed'] == 2


def start_and_zone_follow_the_date():
    with centre.Centre(PROGRAM, '--date=2026-11-20T14:30', '--speed=0') as other:
        answer = json.loads(other.ask('/v1/snapshot')[2])
        assert answer['at'].startswith('2026-11-20T14:30:00') and answer['at'].endswith('+07:00'), answer['at']
        assert answer['centre']['day_start'].startswith('2026-11-20T00:00:00')


def simulated_centre_says_so_unless_told_otherwise():
    for arguments, scenario in ((), 'normal'), (('--unmarked',), None):
        with centre.Centre(PROGRAM, '--agents=20', '--scenario=normal', *arguments) as other:
            assert json.loads(other.ask('/v1/snapshot')[2])['centre'].get('scenario') == scenario, arguments


def same_seed_plays_the_same():
    answers = []
    for _ in range(2):
        with centre.Centre(PROGRAM, '--seed=7', '--agents=50', '--queues=5', '--speed=0') as other:
            answer = json.loads(other.ask('/v1/snapshot')[2])
            answer.pop('instance')
            answers.append(answer)
    assert answers[0] == answers[1] and len(answers[0]['agents']) == 50 and len(answers[0]['queues']) == 5


def ends_with_sigint_and_sigterm():
    for number in (signal.SIGINT, signal.SIGTERM):
        other = centre.Centre(PROGRAM, '--agents=20')
        other.process.send_signal(number)
        assert other.wait() == 0, other.errors


def ends_when_the_parent_lets_go():
    other = centre.Centre(PROGRAM, '--agents=20', '--exit-with-parent', stdin=subprocess.PIPE)
    assert other.ask('/v1/snapshot')[0] == 200
    other.process.stdin.close()
    other.process.stdin = None
    assert other.wait() == 0


def ends_when_the_parent_is_killed():
    script = ('import subprocess, sys, time\n'
              'centre = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)\n'
              'centre.stdout.readline(), centre.stdout.readline()\n'
              'print(centre.pid, flush=True)\n'
              'time.sleep(60)\n')
    parent = subprocess.Popen([sys.executable, '-c', script, PROGRAM, '--port=0', '--agents=20', '--exit-with-parent'],
                              stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    os.kill(child, 0)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            with open(f'/proc/{child}/stat', encoding='ascii') as file:
                if file.read().rsplit(')', 1)[1].split()[0] == 'Z':
                    break
        except FileNotFoundError:
            break
        time.sleep(0.05)
    else:
        raise AssertionError('the centre outlives its parent')
    parent.stdout.close()


def other_address_is_warned_of():
    with centre.Centre(PROGRAM, '--agents=20', '--address=0.0.0.0') as other:
        pass
    assert 'Warning' in other.errors, other.errors
    with centre.Centre(PROGRAM, '--agents=20', '--address=::1') as other:
        pass
    assert other.url.startswith('http://[::1]:') and other.errors == '', other.errors


def scenario_changes_while_it_runs():
    assert running.act('/demo/scenario', {'scenario': 'outage'})['scenario'] == 'outage'
    assert snapshot()['centre']['scenario'] == 'outage'
    running.act('/demo/scenario', {'scenario': 'normal'})


def speed_moves_the_clock():
    def at():
        return datetime.datetime.fromisoformat(snapshot()['at'])

    running.act('/demo/speed', {'speed': 120})
    start = at()
    time.sleep(1)
    assert (at() - start).total_seconds() > 60
    running.act('/demo/speed', {'speed': 0})
    time.sleep(0.5)
    start = at()
    time.sleep(0.6)
    assert at() == start
    running.act('/demo/speed', {'speed': 1})


def quiet_clock_ticks_all_the_same():
    with centre.Centre(PROGRAM, '--agents=1', '--queues=1', '--date=2026-11-20T03:00') as other:
        times = set()
        deadline = time.monotonic() + 15
        while len(times) < 3 and time.monotonic() < deadline:
            times.add(json.loads(other.ask('/v1/snapshot')[2])['at'])
            time.sleep(0.3)
        assert len(times) >= 3, times


def demo_needs_a_token_that_may_act():
    assert running.ask('/demo', None)[0] == 401
    assert running.ask('/demo')[0] == 200
    assert running.ask('/demo/speed', centre.READ, 'POST', {'speed': 2})[0] == 403
    assert running.ask('/demo/speed', centre.ACT)[0] == 405
    assert running.ask('/demo/other', centre.ACT)[0] == 404


def demo_refuses_nonsense():
    for path, body in (('scenario', {}), ('scenario', {'scenario': 'war'}), ('scenario', {'scenario': 1}), ('speed', {}),
                       ('speed', {'speed': -1}), ('speed', {'speed': 1e300}), ('speed', {'speed': 'fast'}), ('fault', {}),
                       ('fault', {'fault': 'x'}), ('fault', {'fault': 'slow', 'seconds': -1}),
                       ('fault', {'fault': '500', 'count': 1.5e9}), ('fault', [])):
        status, headers, _ = running.ask(f'/demo/{path}', centre.ACT, 'POST', body)
        assert status == 400 and headers['Content-Type'] == 'application/problem+json', (path, body, status)
    assert json.loads(running.ask('/demo')[2])['fault']['fault'] == 'none'


def fault_ends_after_its_count_or_when_told():
    assert fault('500', count=2)['fault'] == {'fault': '500', 'seconds': 5, 'count': 2}
    assert [running.ask('/v1/snapshot')[0] for _ in range(3)] == [500, 500, 200]
    fault('500')
    assert [running.ask('/v1/snapshot')[0] for _ in range(3)] == [500, 500, 500]
    fault('none')
    assert running.ask('/v1/snapshot')[0] == 200


def slow_answers_late():
    fault('slow', seconds=1.2, count=1)
    start = time.monotonic()
    assert 'agents' in snapshot()
    assert time.monotonic() - start > 1.1


def slow_client_that_leaves_does_no_harm():
    fault('slow', seconds=1, count=1)
    try:
        running.ask('/v1/snapshot', timeout=0.3)
        raise AssertionError('answered at once')
    except TimeoutError:
        pass
    time.sleep(1)
    assert 'agents' in snapshot()


def drip_gives_a_byte_a_second():
    fault('drip', count=1)
    said = raw(SNAPSHOT_REQUEST, seconds=3.5)
    head, body = said.split(b'\r\n\r\n', 1)
    assert b'200 OK' in head and b'chunked' in head.lower(), said
    assert body.startswith(b'1\r\n{\r\n1\r\n"') and len(body) < 40, body


def refusals_and_failures():
    fault('401', count=1)
    status, headers, _ = running.ask('/v1/snapshot')
    assert status == 401 and headers['WWW-Authenticate'].startswith('Bearer')
    fault('503', seconds=7, count=1)
    status, headers, body = running.ask('/v1/snapshot')
    assert status == 503 and headers['Retry-After'] == '7' and json.loads(body)['status'] == 503


def truncated_json_breaks_off():
    fault('truncated', count=1)
    status, headers, body = running.ask('/v1/snapshot')
    assert status == 200 and headers['Content-Type'] == 'application/json' and len(body) > 1000
    try:
        json.loads(body)
        raise AssertionError('the JSON is whole')
    except ValueError:
        pass


def wrong_types_are_json_all_the_same():
    fault('wrong-types', count=1)
    answer = json.loads(running.ask('/v1/snapshot')[2])
    assert answer['revision'] == 'soon' and answer['agents'] == {}


def huge_body_exceeds_every_bound():
    fault('huge', count=1)
    status, _, body = running.ask('/v1/snapshot', timeout=60)
    assert status == 200 and len(body) > 64 * 1024 * 1024
    with open(f'/proc/{running.process.pid}/status', encoding='ascii') as file:
        peak = next(int(line.split()[1]) for line in file if line.startswith('VmHWM'))
    assert peak < 600 * 1024 or 'ASAN_OPTIONS' in os.environ, f'{peak} KiB'


def html_comes_instead_of_json():
    fault('html', count=1)
    status, headers, body = running.ask('/v1/snapshot')
    assert status == 200 and headers['Content-Type'].startswith('text/html') and body.startswith(b'<!DOCTYPE html>')


def connection_closes_without_an_answer():
    fault('closed', count=1)
    assert raw(SNAPSHOT_REQUEST) == b''
    assert 'agents' in snapshot()


def connection_closes_within_the_headers():
    fault('cut', count=1)
    said = raw(SNAPSHOT_REQUEST)
    assert said.startswith(b'HTTP/1.1 200 OK\r\n') and b'\r\n\r\n' not in said, said
    assert 'agents' in snapshot()


def clock_is_late():
    running.act('/demo/speed', {'speed': 0})
    right = snapshot()
    parse = datetime.datetime.fromisoformat
    for arguments, late in ({}, datetime.timedelta(hours=1)), ({'seconds': 90}, datetime.timedelta(seconds=90)):
        fault('clock', count=1, **arguments)
        wrong = snapshot()
        assert abs(parse(wrong['at']) - parse(right['at']) - late) < datetime.timedelta(milliseconds=1)
        pairs = [(a['since'], b['since']) for a, b in zip(right['agents'], wrong['agents']) if 'since' in a]
        assert pairs and all(abs(parse(b) - parse(a) - late) < datetime.timedelta(milliseconds=1) for a, b in pairs)
        assert right['revision'] == wrong['revision'] and right['agents'][0]['id'] == wrong['agents'][0]['id']
    running.act('/demo/speed', {'speed': 1})


def revision_goes_backwards():
    right = snapshot()
    fault('backwards', count=1)
    wrong = json.loads(running.ask(f'/v1/snapshot?since={right["revision"]}')[2])
    assert wrong['instance'] == right['instance'] and wrong['revision'] < right['revision'] and 'since' not in wrong


def fault_does_not_touch_the_demo_endpoints():
    fault('closed')
    assert fault('none')['fault']['fault'] == 'none'


def refused_token_stays_refused_under_a_fault():
    fault('truncated', count=1)
    assert running.ask('/v1/snapshot', 'wrong')[0] == 401
    fault('backwards', count=1)
    assert running.ask('/v1/snapshot', 'wrong')[0] == 401


with centre.Centre(PROGRAM, '--speed=20') as running:
    try:
        centre.run([
            help_tells_of_options_and_faults,
            version_and_scenarios_are_listed,
            bad_options_are_refused_in_words,
            without_token_file_a_token_is_made_and_printed,
            start_and_zone_follow_the_date,
            simulated_centre_says_so_unless_told_otherwise,
            same_seed_plays_the_same,
            ends_with_sigint_and_sigterm,
            ends_when_the_parent_lets_go,
            ends_when_the_parent_is_killed,
            other_address_is_warned_of,
            scenario_changes_while_it_runs,
            speed_moves_the_clock,
            quiet_clock_ticks_all_the_same,
            demo_needs_a_token_that_may_act,
            demo_refuses_nonsense,
            fault_ends_after_its_count_or_when_told,
            slow_answers_late,
            slow_client_that_leaves_does_no_harm,
            drip_gives_a_byte_a_second,
            refusals_and_failures,
            truncated_json_breaks_off,
            wrong_types_are_json_all_the_same,
            huge_body_exceeds_every_bound,
            html_comes_instead_of_json,
            connection_closes_without_an_answer,
            connection_closes_within_the_headers,
            clock_is_late,
            revision_goes_backwards,
            fault_does_not_touch_the_demo_endpoints,
            refused_token_stays_refused_under_a_fault,
        ])
    except SystemExit as result:
        code = result.code
sys.exit(code)
