# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract is a sound OpenAPI 3.1 document, its examples obey it, and so
does what the simulated centre really answers."""

import gzip
import json
import os
import sys
import warnings

import jsonschema
import yaml

warnings.filterwarnings('ignore', category=DeprecationWarning)

import centre  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
CONTRACT = os.path.abspath(sys.argv[2])


class Loader(yaml.SafeLoader):
    """YAML as JSON sees it: a time that is not quoted stays a string."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != 'tag:yaml.org,2002:timestamp']
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

with open(CONTRACT, encoding='utf-8') as file:
    TEXT = file.read()
DOCUMENT = yaml.load(TEXT, Loader)
ROOT = 'urn:contract'
STORE = {ROOT: DOCUMENT}
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks('date-time')
def is_time(value):
    import datetime
    if not isinstance(value, str):
        return True
    try:
        return datetime.datetime.fromisoformat(value.replace('Z', '+00:00')).tzinfo is not None
    except ValueError:
        return False


def validator(schema):
    resolver = jsonschema.RefResolver(ROOT, DOCUMENT, store=STORE)
    return jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=FORMATS)


def validate(value, schema):
    error = jsonschema.exceptions.best_match(validator(schema).iter_errors(value))
    assert error is None, f'{list(error.absolute_path)}: {error.message[:400]}'


def named(name):
    return {'$ref': f'{ROOT}#/components/schemas/{name}'}


def resolve(node):
    """Follows a reference of OpenAPI, within the document."""
    while '$ref' in node:
        target = DOCUMENT
        for part in node['$ref'].removeprefix('#/').split('/'):
            target = target[part.replace('~1', '/').replace('~0', '~')]
        node = target
    return node


def rooted(node):
    """The schema with its references made absolute."""
    if isinstance(node, dict):
        return {key: ROOT + value if key == '$ref' else rooted(value) for key, value in node.items()}
    return [rooted(entry) for entry in node] if isinstance(node, list) else node


def media_types():
    """Every place with a schema and examples: (where, holder)."""
    for path, item in DOCUMENT['paths'].items():
        for method, operation in item.items():
            for parameter in operation if method == "parameters" else operation.get('parameters', []):
                yield f'{method} {path} parameter', resolve(parameter)
            if method == 'parameters':
                continue
            for kind, media in operation.get('requestBody', {}).get('content', {}).items():
                yield f'{method} {path} {kind}', media
            for status, response in operation['responses'].items():
                response = resolve(response)
                for kind, media in response.get('content', {}).items():
                    yield f'{method} {path} {status} {kind}', media
                for name, header in response.get('headers', {}).items():
                    yield f'{method} {path} {status} {name}', resolve(header)


def schemas_are_valid_and_described():
    for name, schema in DOCUMENT['components']['schemas'].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema.get('description'), f'{name} has no description'
        for member, value in schema.get('properties', {}).items():
            assert value is False or value.get('description') or '$ref' in value, f'{name}.{member} has no description'


def references_lead_somewhere():
    def walk(node):
        if isinstance(node, dict):
            if '$ref' in node:
                resolve(node)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)
    walk(DOCUMENT)


def every_body_has_an_example_that_obeys():
    n_examples = 0
    for where, holder in media_types():
        if '/' in where.rsplit(' ', 1)[1]:
            assert 'example' in holder or 'examples' in holder, f'{where} has no example'
        examples = [entry['value'] for entry in holder.get('examples', {}).values()]
        if 'example' in holder:
            examples.append(holder['example'])
        for example in examples:
            n_examples += 1
            try:
                validate(example, rooted(holder['schema']))
            except AssertionError as error:
                raise AssertionError(f'{where}: {error}') from None
    assert n_examples > 40, n_examples


def schema_refuses_what_breaks_the_contract():
    examples = DOCUMENT['paths']['/v1/snapshot']['get']['responses']['200']['content']['application/json']['examples']
    full = examples['full']['value']
    check = validator(named('Answer'))
    assert check.is_valid(full)
    for change in ({'revision': -1}, {'revision': '1'}, {'at': 'today'}, {'agents': {}},
                   {'queues': [{'name': 'x'}]}, {'callers': [{'id': 'c'}]},
                   {'agents': [{'id': 'a', 'state': 'asleep'}]}, {'since': 'x'},
                   {'agents': [{'id': 'a', 'today': {'talk_seconds': -1}}]}):
        assert not check.is_valid({**full, **change}), change
    assert not check.is_valid({key: value for key, value in full.items() if key != 'agents'})


def running_centre_serves_this_document():
    status, headers, body = running.ask('/v1/openapi.yaml', token=None)
    assert status == 200 and headers['Content-Type'] == 'application/yaml'
    assert body.decode() == TEXT


def full_answer_obeys():
    status, headers, body = running.ask('/v1/snapshot')
    answer = json.loads(body)
    assert status == 200 and headers['Content-Type'] == 'application/json'
    validate(answer, named('Snapshot'))
    validate(answer, named('Answer'))
    queues = {queue['id'] for queue in answer['queues']}
    assert len(answer['agents']) > 50 and len(queues) > 3
    for agent in answer['agents']:
        assert set(agent['queues']) <= queues, agent['id']
    for caller in answer['callers']:
        assert caller['queue'] in queues
    for row in answer['callers'] + [agent['call'] for agent in answer['agents'] if 'call' in agent]:
        assert '•' in row.get('number', '•'), 'a number is not masked'


def announced_release_obeys():
    running.act('/demo/scenario', {'scenario': 'partner-leaves'})
    answer = json.loads(running.ask('/v1/snapshot')[2])
    validate(answer, named('Snapshot'))
    release, = answer['centre']['releases']
    assert release['employer'] in {agent['employer'] for agent in answer['agents']}
    assert release['at'] > answer['at']
    running.act('/demo/scenario', {'scenario': 'normal'})
    assert 'releases' not in json.loads(running.ask('/v1/snapshot')[2])['centre']


def compressed_answer_is_the_same():
    plain = json.loads(running.ask('/v1/snapshot')[2])
    _, headers, body = running.ask('/v1/snapshot', Accept_Encoding='gzip')
    assert headers['Content-Encoding'] == 'gzip' and headers['ETag'].endswith('-gz"')
    packed = json.loads(gzip.decompress(body))
    validate(packed, named('Snapshot'))
    assert packed.keys() == plain.keys() and packed['instance'] == plain['instance']


def deltas_obey_and_add_up():
    state = json.loads(running.ask('/v1/snapshot')[2])
    rows = {kind: {row['id']: row for row in state[kind]} for kind in ('queues', 'agents', 'callers')}
    running.act('/demo/speed', {'speed': 60})
    revision = state['revision']
    n_deltas = 0
    try:
        for _ in range(25):
            status, headers, body = running.ask(f'/v1/snapshot?since={revision}', If_None_Match=f'"{state["instance"]}-{revision}"',
                                                Prefer='wait=5')
            assert status == 200 and headers['Preference-Applied'] == 'wait=5'
            delta = json.loads(body)
            validate(delta, named('Delta'))
            validate(delta, named('Answer'))
            assert delta['since'] == revision < delta['revision']
            for kind, held in rows.items():
                for gone in delta.get('gone', {}).get(kind, []):
                    held.pop(gone, None)
                held.update((row['id'], row) for row in delta.get(kind, []))
            revision = delta['revision']
            n_deltas += len(body) < 20000
        running.act('/demo/speed', {'speed': 0})
        delta = json.loads(running.ask(f'/v1/snapshot?since={revision}')[2])
        for kind, held in rows.items():
            for gone in delta.get('gone', {}).get(kind, []):
                held.pop(gone, None)
            held.update((row['id'], row) for row in delta.get(kind, []))
        full = json.loads(running.ask('/v1/snapshot')[2])
        assert full['revision'] == delta['revision']
        for kind, held in rows.items():
            assert held == {row['id']: row for row in full[kind]}, kind
    finally:
        running.act('/demo/speed', {'speed': 1})
    assert n_deltas > 10, 'the deltas are not small'


def intervals_obey():
    status, _, body = running.ask('/v1/intervals?from=2026-11-19T00:00:00%2B07:00&to=2026-11-20T10:00:00%2B07:00&step=900')
    answer = json.loads(body)
    assert status == 200, body
    validate(answer, named('Intervals'))
    steps = 34 * 4
    assert answer['queues']
    for queue in answer['queues']:
        for name, column in queue.items():
            assert name == 'id' or len(column) == steps, name
    assert sum(sum(value or 0 for value in queue['offered']) for queue in answer['queues']) > 1000


def actions_and_problems_obey():
    # Before the morning, when there is always somebody free, and time stands still.
    with centre.Centre(centre.program(), '--date=2026-11-20T05:00', '--speed=0') as still:
        act_and_err(still)


def act_and_err(still):
    agents = json.loads(still.ask('/v1/snapshot')[2])['agents']
    free = next(agent['id'] for agent in agents if agent.get('state') == 'available')
    status, _, body = still.ask(f'/v1/agents/{free}/pause', centre.ACT, 'POST', {'reason': 'Họp giao ca'})
    assert status == 204 and body == b'', (status, body)
    paused = next(agent for agent in json.loads(still.ask('/v1/snapshot')[2])['agents'] if agent['id'] == free)
    assert paused['state'] == 'paused' and paused['reason'] == 'Họp giao ca', paused
    status, _, body = still.ask(f'/v1/agents/{free}/unpause', centre.ACT, 'POST', {})
    assert status == 204, body
    problems = (
        (401, ('/v1/snapshot', None)),
        (401, ('/v1/snapshot', 'wrong')),
        (403, (f'/v1/agents/{free}/pause', centre.READ, 'POST', {})),
        (404, ('/v1/nothing',)),
        (404, ('/v1/agents/nobody/pause', centre.ACT, 'POST', {})),
        (404, ('/v1/intervals?from=2026-11-20T09:00:00Z&to=2026-11-20T10:00:00Z&step=60&queue=none',)),
        (405, ('/v1/snapshot', centre.READ, 'DELETE')),
        (400, ('/v1/snapshot?since=x',)),
        (400, ('/v1/intervals?from=now',)),
        (413, (f'/v1/agents/{free}/pause', centre.ACT, 'POST', {'reason': 'x' * 70000})),
        (414, ('/v1/snapshot?' + 'x' * 9000,)),
        (415, (f'/v1/agents/{free}/pause', centre.ACT, 'POST', b'reason')),
    )
    for expected, request in problems:
        more = {'Content_Type': 'text/plain'} if expected == 415 else {}
        status, headers, body = still.ask(*request, **more)
        assert status == expected, (expected, status, body)
        assert headers['Content-Type'] == 'application/problem+json', request
        problem = json.loads(body)
        validate(problem, named('Problem'))
        assert problem['status'] == status
        assert (status == 401) <= headers.get('WWW-Authenticate', '').startswith('Bearer')
        assert (status == 405) <= bool(headers.get('Allow'))


with centre.Centre(centre.program()) as running:
    try:
        centre.run([
            schemas_are_valid_and_described,
            references_lead_somewhere,
            every_body_has_an_example_that_obeys,
            schema_refuses_what_breaks_the_contract,
            running_centre_serves_this_document,
            full_answer_obeys,
            announced_release_obeys,
            compressed_answer_is_the_same,
            deltas_obey_and_add_up,
            intervals_obey,
            actions_and_problems_obey,
        ])
    except SystemExit as result:
        code = result.code
sys.exit(code)
