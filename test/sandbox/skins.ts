import type { Sandbox } from 'clever-sdk/sandbox';
import { sandboxHandlers } from 'clever-sdk/sandbox/msw';
import { setupServer } from 'msw/node';

/** A way to call a sandbox: its origin, how to call it, and how to stop it. */
export interface Skin {
  readonly origin: string;
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  close(): void | Promise<void>;
}

/** One for all tests: after it is closed, undici may keep its connections for the next server. */
const mocks = setupServer();
let isMocking = false;

/** Stops what the msw skin started. */
export function stopMocking(): void {
  mocks.close();
}

/** Every skin, by name; msw last, because it takes over the process. */
export const SKINS = {
  inject: async (sandbox) => ({
    origin: 'https://api.clever.com',
    fetch: sandbox.fetch,
    close: () => undefined,
  }),
  listen: async (sandbox) => {
    const { url } = await sandbox.listen();
    return {
      origin: url,
      fetch: (input, init) => fetch(input, init),
      close: () => sandbox.close(),
    };
  },
  msw: async (sandbox) => {
    if (!isMocking) {
      mocks.listen({ onUnhandledFrame: 'error' });
      isMocking = true;
    }
    mocks.resetHandlers(...sandboxHandlers(sandbox));
    return {
      origin: 'https://api.clever.com',
      fetch: (input, init) => fetch(input, init),
      close: () => undefined,
    };
  },
} as const satisfies Record<string, (sandbox: Sandbox) => Promise<Skin>>;

/** The name of a skin. */
export type SkinName = keyof typeof SKINS;
