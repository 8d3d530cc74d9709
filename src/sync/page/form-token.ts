import { CleverConfigError } from '../../errors/config.js';
import { randomValue } from '../../util/random.js';

/*
 * Against forms of other sites (CSRF), two things that fail apart:
 *
 * 1. The headers that browsers add to every POST and that no script can set. `Sec-Fetch-Site` must say `same-origin`.
 *    Browsers leave it out on plain HTTP, and old ones always: then `Origin` must be the origin of the request. A POST
 *    with neither does not come from a form of this page. A subdomain of the app's (`same-site`) is refused as well.
 * 2. A token in the form: an HMAC, under a secret that only the app has, over who is asking (as `authorize` says), what
 *    the form does, to what, and when it was made. Another site cannot read one. One that another person was given does
 *    not work either, because it is bound to that person, and one of another run, plan or action is another token.
 *
 * The token is bound to the person and not to a session cookie: the page does not know which of the app's cookies is
 * its session, and a cookie of its own could be overwritten from a subdomain, so it would prove less.
 */

/** How long a form may be open before it is sent. */
const VALID_MS = 12 * 60 * 60 * 1_000;
const LEAST_BYTES = 32;

/** Whether a POST comes from a form of the page. */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  return site === null ? request.headers.get('origin') === new URL(request.url).origin : site === 'same-origin';
}

/** What a form is for. */
export interface FormPurpose {
  /** Who was given the form, as far as the app says. */
  readonly by: string;
  readonly action: 'approve' | 'request';
  /** The run or the district. */
  readonly target: string;
  /** The plan that was shown. */
  readonly hash?: string;
}

/** Signs forms and checks what is sent. */
export interface FormTokens {
  sign(purpose: FormPurpose): Promise<string>;
  isValid(token: string | null, purpose: FormPurpose): Promise<boolean>;
}

/**
 * @param secret - At least 32 bytes. Default: a random one, for this process and until it ends.
 * @throws {@link CleverConfigError} for a secret that is too short.
 */
export function formTokens(secret: unknown = randomValue()): FormTokens {
  const bytes = new TextEncoder().encode(typeof secret === 'string' ? secret : '');
  if (bytes.length < LEAST_BYTES) {
    throw new CleverConfigError(
      `statusPage(): \`secret\` must be a text of at least ${LEAST_BYTES} bytes, such as the output of \`openssl rand -base64 32\`.`,
    );
  }
  let imported: Promise<CryptoKey> | undefined;
  const key = (): Promise<CryptoKey> => {
    imported ??= crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
    return imported;
  };
  return {
    async sign(purpose) {
      const madeAt = Date.now();
      const mac = await crypto.subtle.sign('HMAC', await key(), messageOf(purpose, madeAt));
      return `${madeAt.toString(36)}.${Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    },
    async isValid(token, purpose) {
      const [, time = '', digits = ''] = /^([\da-z]{1,11})\.([\da-f]{64})$/u.exec(token ?? '') ?? [];
      const madeAt = Number.parseInt(time, 36);
      const age = Date.now() - madeAt;
      if (!(Math.abs(age) <= VALID_MS)) {
        return false;
      }
      const mac = Uint8Array.from(digits.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
      // It compares in constant time.
      return crypto.subtle.verify('HMAC', await key(), mac, messageOf(purpose, madeAt));
    },
  };
}

function messageOf({ by, action, target, hash = '' }: FormPurpose, madeAt: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(['clever-sdk status page', by, action, target, hash, madeAt]));
}
