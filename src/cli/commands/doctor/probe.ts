import type { CommandIo } from '../../terminal/io.js';

/** An answer to a request without credentials, whatever its status. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: Headers;
}

/** The time at one moment, by the server's clock and by this machine's. */
export interface TimeReading {
  readonly serverMs: number;
  readonly localMs: number;
}

const TIMEOUT_MS = 10_000;

/** Sends requests without credentials to an origin, to find out which server answers. */
export class Probe {
  /** The times in the answers so far. */
  readonly times: TimeReading[] = [];
  readonly #io: CommandIo;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  /**
   * @throws what `fetch` throws when there is no answer.
   */
  async get(url: string): Promise<ProbeAnswer> {
    const ask = this.#io.fetch ?? fetch;
    const signal = AbortSignal.any([this.#io.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const startedMs = this.#io.now();
    const response = await ask(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
    const localMs = (startedMs + this.#io.now()) / 2;
    await response.body?.cancel();
    const serverMs = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(serverMs)) {
      // The header has whole seconds. With half a second added, the error is at most half a second.
      this.times.push({ serverMs: serverMs + 500, localMs });
    }
    return { status: response.status, headers: response.headers };
  }
}

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOTFOUND: 'its name is not known to DNS: it is misspelt, or this machine has no network',
    EAI_AGAIN: 'DNS does not answer: this machine has no network, or its DNS server is down',
    ECONNREFUSED: 'nothing listens there: a sandbox that is not running, or a wrong port',
    ECONNRESET: 'the connection was cut: a firewall or a proxy, perhaps',
    ENETUNREACH: 'this machine has no way to the network',
    EHOSTUNREACH: 'this machine has no way to that host',
    ETIMEDOUT: 'no answer came in time: a firewall, perhaps',
    UND_ERR_CONNECT_TIMEOUT: 'no answer came in time: a firewall, perhaps',
    CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this machine is wrong',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted: a proxy that opens TLS, perhaps',
    SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted: a proxy that opens TLS, perhaps',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted: a proxy that opens TLS, perhaps',
  }),
);

/** Says in plain words why there was no answer. */
export function whyNoAnswer(error: unknown): string {
  const { name, code, cause } = (error ?? {}) as { name?: string; code?: string; cause?: { code?: string } };
  const reason = REASONS.get(cause?.code ?? code ?? '');
  const isLate = name === 'TimeoutError';
  return (
    reason ??
    (isLate ? `no answer came within ${TIMEOUT_MS / 1_000} s` : `no answer (${cause?.code ?? name ?? 'unknown'})`)
  );
}
