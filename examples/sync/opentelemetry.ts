/**
 * Traces and metrics of a sync, through the API of OpenTelemetry: which SDK sends them somewhere is the app's choice.
 *
 *     const { onEvent, onClientEvent } = observe({ tracer: trace.getTracer('app'), meter: metrics.getMeter('app') });
 *     const clever = createCleverClient({ ...credentials, onEvent: onClientEvent });
 *     const sync = createRosterSync({ clever, store, onEvent });
 *     const stopObserving = observeDistricts(metrics.getMeter('app'), sync);
 *
 * A district's id is on spans and on no metric: each value of an attribute is a time series of its own for ever, and
 * thousands of districts by every outcome are more than a metrics store takes. Nothing here has a person's id, a record
 * or a real URL. Names without `clever.` are of OpenTelemetry's semantic conventions.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ | Semantic conventions for HTTP metrics}
 */
import { type Meter, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { ClientEvent } from 'clever-sdk';
import type { RosterSync, SyncEvent } from 'clever-sdk/sync';

type Event<Kind extends SyncEvent['kind']> = Extract<SyncEvent, { readonly kind: Kind }>;
type RunEnd = Event<'run_ended'> | Event<'run_failed'>;

/** What a sync and its client are given. */
export interface Observer {
  /** For `createRosterSync`. */
  readonly onEvent: (event: SyncEvent) => void;
  /** For `createCleverClient`. */
  readonly onClientEvent: (event: ClientEvent) => void;
}

/** Makes one span of each run, and counts what runs do. */
export function observe({ tracer, meter }: { readonly tracer: Tracer; readonly meter: Meter }): Observer {
  const spans = new RunSpans(tracer);
  const measureRun = runMetrics(meter);
  return {
    onEvent(event) {
      spans.note(event);
      measureRun(event);
    },
    onClientEvent: clientMetrics(meter),
  };
}

/**
 * One span for each run, from its start to its end. A run that a later process goes on with has a span in each. Runs of
 * several districts at once are told apart by district and number.
 */
class RunSpans {
  readonly #tracer: Tracer;
  readonly #open = new Map<string, Span>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  note(event: SyncEvent): void {
    switch (event.kind) {
      case 'run_started':
        this.#spanOf(event).setAttributes({
          'clever.sync.run.mode': event.mode,
          'clever.sync.run.reason': event.reason,
        });
        break;
      case 'held':
        for (const { scope, reason, before, gone } of event.verdict.findings) {
          this.#spanOf(event).addEvent('clever.sync.held', {
            'clever.sync.guard.scope': scope,
            'clever.sync.guard.reason': reason,
            'clever.sync.guard.before': before,
            'clever.sync.guard.gone': gone,
          });
        }
        break;
      case 'odd':
        this.#spanOf(event).addEvent('clever.sync.odd', {
          'clever.sync.kind': event.of,
          'clever.sync.record.odd': event.records,
        });
        break;
      case 'lease_lost':
        this.#spanOf(event).addEvent('clever.sync.lease_lost');
        break;
      case 'run_ended':
        this.#end(event);
        break;
      case 'run_failed':
        this.#fail(event);
        break;
      default: // pages and chunks: a large district has thousands, more than a span keeps
    }
  }

  #end(event: Event<'run_ended'>): void {
    this.#spanOf(event)
      .setAttributes({
        'clever.sync.run.id': event.run, // one that found its district not connected has a number only at its end
        'clever.sync.run.mode': event.mode,
        'clever.sync.run.outcome': event.outcome,
        'clever.sync.record.created': event.created,
        'clever.sync.record.updated': event.updated,
        'clever.sync.record.archived': event.archived,
        'clever.sync.record.restored': event.restored,
        'clever.sync.run.requests': event.requests,
      })
      .end();
    this.#open.delete(keyOf(event));
  }

  #fail(event: Event<'run_failed'>): void {
    this.#spanOf(event)
      .setAttributes({ 'clever.sync.run.outcome': 'failed', 'error.type': event.code })
      .setStatus({ code: SpanStatusCode.ERROR, message: event.code })
      .end();
    this.#open.delete(keyOf(event));
  }

  /** The span of an event's run. One whose beginning was not reported begins as long ago as its end says. */
  #spanOf(event: SyncEvent & { readonly districtId: string; readonly run: number }): Span {
    const known = this.#open.get(keyOf(event));
    if (known !== undefined) {
      return known;
    }
    const durationMs = 'durationMs' in event ? event.durationMs : 0;
    const span = this.#tracer.startSpan('clever.sync.run', {
      startTime: Date.now() - durationMs,
      attributes: { 'clever.sync.district.id': event.districtId, 'clever.sync.run.id': event.run },
    });
    this.#open.set(keyOf(event), span);
    return span;
  }
}

function keyOf({ districtId, run }: { readonly districtId: string; readonly run: number }): string {
  return `${districtId} ${run}`;
}

const RUN_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];
/** Those that the semantic conventions advise. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Measures what runs report. */
function runMetrics(meter: Meter): (event: SyncEvent) => void {
  const runs = meter.createCounter('clever.sync.run.ended', { unit: '{run}', description: 'Runs that ended.' });
  const active = meter.createUpDownCounter('clever.sync.run.active', {
    unit: '{run}',
    description: 'Runs of this process that are under way.',
  });
  const duration = meter.createHistogram('clever.sync.run.duration', {
    unit: 's',
    description: 'How long runs took.',
    advice: { explicitBucketBoundaries: RUN_SECONDS },
  });
  const records = meter.createCounter('clever.sync.record.changes', {
    unit: '{record}',
    description: 'Records of the mirror that were written.',
  });
  const odd = meter.createCounter('clever.sync.record.odd', {
    unit: '{record}',
    description: 'Records without their documented shape.',
  });
  const requests = meter.createCounter('clever.sync.run.requests', {
    unit: '{request}',
    description: 'Answers of Clever that runs used.',
  });
  const lost = meter.createCounter('clever.sync.lease.lost', {
    unit: '{lease}',
    description: 'Runs that ended because another process had taken their district over.',
  });
  const districts = meter.createCounter('clever.sync.district.changes', {
    unit: '{district}',
    description: 'Districts that were found, vanished or returned on the list of tokens.',
  });
  const started = new Set<string>();
  const ended = (event: RunEnd): void => {
    if (started.delete(keyOf(event))) {
      active.add(-1);
    }
  };
  return (event) => {
    switch (event.kind) {
      case 'run_started':
        started.add(keyOf(event));
        active.add(1);
        break;
      case 'run_ended': {
        const of = { 'clever.sync.run.mode': event.mode, 'clever.sync.run.outcome': event.outcome };
        ended(event);
        runs.add(1, of);
        duration.record(event.durationMs / 1_000, of);
        requests.add(event.requests, { 'clever.sync.run.mode': event.mode });
        for (const operation of ['created', 'updated', 'archived', 'restored'] as const) {
          records.add(event[operation], { 'clever.sync.operation': operation });
        }
        break;
      }
      case 'run_failed':
        ended(event);
        runs.add(1, { 'clever.sync.run.outcome': 'failed', 'error.type': event.code });
        duration.record(event.durationMs / 1_000, { 'clever.sync.run.outcome': 'failed', 'error.type': event.code });
        break;
      case 'odd':
        odd.add(event.records, { 'clever.sync.kind': event.of });
        break;
      case 'lease_lost':
        lost.add(1);
        break;
      case 'district_found':
      case 'district_vanished':
      case 'district_returned':
        districts.add(1, { 'clever.sync.district.change': event.kind.replace('district_', '') });
        break;
      default:
    }
  };
}

/**
 * Measures the requests of a client. There is no span for each: an event of the client does not say of which run it is,
 * so they would be traces of one span. Their number is in the span of the run.
 */
function clientMetrics(meter: Meter): (event: ClientEvent) => void {
  const duration = meter.createHistogram('http.client.request.duration', {
    unit: 's',
    description: 'Duration of HTTP client requests.',
    advice: { explicitBucketBoundaries: REQUEST_SECONDS },
  });
  const retries = meter.createCounter('clever.client.retries', {
    unit: '{request}',
    description: 'Attempts that failed and were followed by another.',
  });
  const waits = meter.createHistogram('clever.client.wait.duration', {
    unit: 's',
    description: 'How long requests waited for the rate limit of their token.',
    advice: { explicitBucketBoundaries: RUN_SECONDS },
  });
  return (event) => {
    if (event.kind === 'response') {
      duration.record(event.durationMs / 1_000, {
        'http.request.method': event.method,
        'http.response.status_code': event.status,
        'url.template': event.pathTemplate, // the path with placeholders, never the real one
        ...(event.status >= 400 ? { 'error.type': String(event.status) } : {}),
      });
    } else if (event.kind === 'retry') {
      retries.add(1, { 'error.type': event.status === undefined ? event.reason : String(event.status) });
    } else if (event.kind === 'wait') {
      waits.record(event.delayMs / 1_000);
    }
  };
}

/**
 * Measures the state of all districts, whenever metrics are collected: one statement on the sync's own table of
 * districts. All processes report the same, so take the maximum over them, not the sum.
 *
 * @returns what ends it.
 */
export function observeDistricts(meter: Meter, sync: Pick<RosterSync, 'summary'>): () => void {
  const states = meter.createObservableGauge('clever.sync.district.count', {
    unit: '{district}',
    description: 'Districts in each state. A district may be in several.',
  });
  const total = meter.createObservableGauge('clever.sync.district.known', {
    unit: '{district}',
    description: 'All districts of the sync.',
  });
  const overdue = meter.createObservableGauge('clever.sync.district.overdue', {
    unit: 's',
    description: 'How long the district that has waited longest is due.',
  });
  const instruments = [states, total, overdue];
  const observeAll: Parameters<Meter['addBatchObservableCallback']>[0] = async (result) => {
    const { districts, states: numbers, at, dueSince } = await sync.summary();
    for (const [state, number] of Object.entries(numbers)) {
      result.observe(states, number, { 'clever.sync.district.state': state });
    }
    result.observe(total, districts);
    result.observe(overdue, dueSince === undefined ? 0 : Math.max(0, at.getTime() - dueSince.getTime()) / 1_000);
  };
  meter.addBatchObservableCallback(observeAll, instruments);
  return () => meter.removeBatchObservableCallback(observeAll, instruments);
}
