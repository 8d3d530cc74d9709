import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, type Sandbox, type SandboxOptions } from 'clever-sdk/sandbox';
import { createRosterSync, fromPglite, type RosterSyncOptions } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { observe, observeDistricts } from '../../../examples/sync/opentelemetry.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { TINY } from '../support/world.js';

/*
 * What the example for OpenTelemetry exports, read back through the SDK's own exporters in memory.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
beforeEach(() => database.reset());
afterAll(() => database.close());

/** A second district, whose ids are its own. */
const OTHER = JSON.parse(JSON.stringify(TINY).replaceAll('000000000000', '00000000bbbb')) as typeof TINY;

/** A sync whose spans and metrics are kept in memory. */
function observedSync(
  options: Partial<RosterSyncOptions> = {},
  sandboxOptions: SandboxOptions = { districts: [TINY] },
) {
  const spans = new InMemorySpanExporter();
  const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  const { onEvent, onClientEvent } = observe({ tracer: tracers.getTracer('test'), meter: meters.getMeter('test') });
  const sandbox = createSandbox(sandboxOptions);
  const sync = createRosterSync({
    clever: createCleverClient({ ...sandbox.clientOptions(), retry: false, onEvent: onClientEvent }),
    store: fromPglite(database.db),
    onEvent,
    fullEvery: '365d',
    ...options,
  } as RosterSyncOptions);
  const stop = observeDistricts(meters.getMeter('test'), sync);

  /** Every point of every metric, as `name {attributes} value`. */
  async function points(): Promise<Record<string, number>> {
    exporter.reset();
    await reader.forceFlush();
    const found: Record<string, number> = {};
    for (const { descriptor, dataPoints } of exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))) {
      for (const { attributes, value } of dataPoints) {
        const labels = Object.entries(attributes).map(([name, its]) => `${name.replace('clever.sync.', '')}=${its}`);
        const number = typeof value === 'number' ? value : value.count;
        found[[descriptor.name, ...labels.sort()].join(' ')] = number;
      }
    }
    return found;
  }

  return {
    sandbox,
    sync,
    spans: (): ReadableSpan[] => spans.getFinishedSpans(),
    points,
    /** Everything that was exported, as text. */
    exported: async (): Promise<string> => {
      await reader.forceFlush();
      const plain = spans.getFinishedSpans().map(({ name, attributes, events, status, resource, links }) => ({
        ...{ name, attributes, events, status, links },
        resource: resource.attributes,
      }));
      return JSON.stringify([plain, exporter.getMetrics()]);
    },
    stop,
  };
}

async function unshareASchool(sandbox: Sandbox): Promise<void> {
  const [district] = sandbox.districts;
  const { schools } = createCleverClient(sandbox.clientOptions()).district({ token: district.token });
  const [school] = (await schools.list().firstPage()).data;
  district.changes.unshareSchool({ school: school?.id ?? '' });
}

describe('spans', () => {
  it('has one for a run that is done, with its numbers', async () => {
    const { sync, sandbox, spans } = observedSync();
    const [district] = sandbox.districts;
    const report = await sync.run(district.id);
    const [span] = spans();
    expect(spans()).toHaveLength(1);
    expect(span).toMatchObject({
      name: 'clever.sync.run',
      ended: true,
      status: { code: 0 },
      attributes: {
        'clever.sync.district.id': district.id,
        'clever.sync.run.id': report.run,
        'clever.sync.run.mode': 'full',
        'clever.sync.run.reason': 'first run',
        'clever.sync.run.outcome': 'done',
        'clever.sync.record.created': report.created,
        'clever.sync.record.archived': 0,
        'clever.sync.run.requests': report.requests,
      },
    });
  });

  it('says of a held run what the guard found', async () => {
    const { sync, sandbox, spans } = observedSync({}, { students: 300 });
    const [district] = sandbox.districts;
    await sync.run(district.id);
    await unshareASchool(sandbox);
    const held = await sync.run(district.id);
    expect(held.outcome).toBe('held');
    const span = spans().at(-1);
    expect(span?.attributes).toMatchObject({ 'clever.sync.run.outcome': 'held', 'clever.sync.run.id': held.run });
    expect(span?.status.code).toBe(0);
    expect(span?.events.map(({ name, attributes }) => ({ name, ...attributes }))).toContainEqual(
      expect.objectContaining({ name: 'clever.sync.held', 'clever.sync.guard.gone': expect.any(Number) }),
    );
    expect(span?.events).toHaveLength(held.plan?.verdict.findings.length ?? -1);
  });

  it('ends with the code of the error when a run fails', async () => {
    const { sync, sandbox, spans } = observedSync({
      onChanges: () => {
        throw new Error('canary of the hook');
      },
    });
    await expect(sync.run(sandbox.districts[0].id)).rejects.toMatchObject({ code: 'sync_hook' });
    expect(spans()).toHaveLength(1);
    expect(spans()[0]).toMatchObject({
      ended: true,
      status: { code: 2, message: 'sync_hook' },
      attributes: { 'clever.sync.run.outcome': 'failed', 'error.type': 'sync_hook' },
    });
  });

  it('has one for a run that fails before it has a number', async () => {
    const { sync, sandbox, spans } = observedSync();
    sandbox.faults.add({ path: '/v3.1/districts', status: 500 });
    await expect(sync.run(sandbox.districts[0].id)).rejects.toMatchObject({ code: 'server' });
    expect(spans()).toHaveLength(1);
    expect(spans()[0]).toMatchObject({ ended: true, attributes: { 'clever.sync.run.id': 0, 'error.type': 'server' } });
  });

  it('has one for each part of a run that was stopped and went on', async () => {
    const { sync, sandbox, spans } = observedSync({ pageSize: 2 });
    const [{ id }] = sandbox.districts;
    const outcomes = [];
    do {
      outcomes.push((await sync.run(id, { budgetMs: 1 })).outcome);
    } while (outcomes.at(-1) === 'unfinished');
    expect(outcomes.length).toBeGreaterThan(1);
    expect(spans().map(({ attributes }) => attributes['clever.sync.run.outcome'])).toEqual(outcomes);
    expect(new Set(spans().map(({ attributes }) => attributes['clever.sync.run.id'])).size).toBe(1);
  });

  it('keeps those of two districts apart that run at once', async () => {
    const { sync, sandbox, spans } = observedSync({}, { districts: [TINY, OTHER] });
    const ids = sandbox.districts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    const reports = await Promise.all(ids.map((id) => sync.run(id)));
    const pairs = spans().map(({ attributes }) => [
      attributes['clever.sync.district.id'],
      attributes['clever.sync.run.id'],
      attributes['clever.sync.run.outcome'],
    ]);
    expect(pairs.sort()).toEqual(reports.map(({ districtId, run, outcome }) => [districtId, run, outcome]).sort());
    expect(new Set(spans().map((span) => span.spanContext().traceId)).size).toBe(2);
  });
});

describe('metrics', () => {
  it('counts runs, records and requests', async () => {
    const { sync, sandbox, points } = observedSync();
    const [{ id }] = sandbox.districts;
    const first = await sync.run(id);
    const second = await sync.run(id);
    const found = await points();
    expect(found).toMatchObject({
      'clever.sync.run.ended run.mode=full run.outcome=done': 1,
      'clever.sync.run.ended run.mode=events run.outcome=done': 1,
      'clever.sync.run.duration run.mode=full run.outcome=done': 1,
      'clever.sync.run.requests run.mode=full': first.requests,
      'clever.sync.run.requests run.mode=events': second.requests,
      'clever.sync.record.changes operation=created': first.created,
      'clever.sync.run.active': 0,
      'clever.sync.district.known': 1,
      'clever.sync.district.count district.state=held': 0,
      'clever.sync.district.count district.state=due': 0,
      'clever.sync.district.overdue': 0,
    });
    expect(
      found[
        'http.client.request.duration http.request.method=GET http.response.status_code=200 url.template=/v3.1/users'
      ],
    ).toBe(3); // a page, and its count before and after
  });

  it('counts each run that began as ended, whatever came of it', async () => {
    const { sync, sandbox, points } = observedSync({ onHeld: 'throw' }, { students: 300 });
    const [{ id }] = sandbox.districts;
    await sync.plan(id);
    await sync.run(id);
    await unshareASchool(sandbox);
    await expect(sync.run(id)).rejects.toMatchObject({ code: 'sync_held' });
    expect(await points()).toMatchObject({
      'clever.sync.run.ended run.mode=full run.outcome=planned': 1,
      'clever.sync.run.ended run.mode=full run.outcome=done': 1,
      'clever.sync.run.ended run.mode=full run.outcome=held': 1,
      'clever.sync.run.active': 0,
      'clever.sync.district.count district.state=held': 1,
    });
  });

  it('counts failures by their code, and what is due since', async () => {
    const { sync, sandbox, points } = observedSync();
    const [{ id }] = sandbox.districts;
    sandbox.faults.add({ path: '/v3.1/users', status: 500 });
    await expect(sync.run(id)).rejects.toMatchObject({ code: 'server' });
    await database.ask(`update clever.sync_districts set next_sync_at = now() - interval '1 hour'`);
    const found = await points();
    expect(found).toMatchObject({
      'clever.sync.run.ended error.type=server run.outcome=failed': 1,
      'clever.sync.run.active': 0,
      'clever.sync.district.count district.state=failing': 1,
      'clever.sync.district.count district.state=due': 1,
    });
    expect(found['clever.sync.district.overdue']).toBeGreaterThan(3_599);
    expect(found['clever.sync.district.overdue']).toBeLessThan(3_700);
  });

  it('has no district in an attribute, however many there are', async () => {
    const { sync, sandbox, points } = observedSync({}, { districts: [TINY, OTHER] });
    const one = async () => Object.keys(await points()).sort();
    await sync.run(sandbox.districts[0].id);
    const before = await one();
    await sync.run(sandbox.districts[1]?.id ?? '');
    expect(await one()).toEqual(before);
    expect(before.join('\n')).not.toMatch(/[0-9a-f]{24}/u);
  });
});

it('exports nothing of a record, no id of a person and no token', async () => {
  const { sync, sandbox, exported } = observedSync({}, { students: 300 });
  const [district] = sandbox.districts;
  await sync.run(district.id);
  const people = sandbox.people({ limit: 100_000 });
  const [first, second] = people;
  district.changes.rename({ user: first?.id ?? '', name: { last: 'Zzcanary' } });
  await sync.run(district.id);
  await unshareASchool(sandbox);
  await sync.run(district.id);
  const text = await exported();
  expect(text).toContain(district.id);
  expect(text).not.toContain('Zzcanary');
  expect(text).not.toContain(district.token);
  expect(second).toBeDefined();
  const ids = people.flatMap(({ id, email }) => [id, ...(email ? [email] : [])]);
  expect(ids.length).toBeGreaterThan(300);
  expect(ids.filter((id) => text.includes(id))).toEqual([]);
});
