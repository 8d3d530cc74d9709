/** The part of Clever's old client that the tests use; it ships no types. */
declare module 'clever' {
  interface Query {
    limit(size: number): Query;
    stream(): import('node:events').EventEmitter;
    exec(done: (error: (Error & { readonly body: unknown }) | null, found: readonly Resource[]) => void): void;
  }

  export class Resource {
    static path: string;
    static find(): Query;
    toJSON(): { readonly id: string };
  }

  interface Clever {
    [name: string]: unknown;
    readonly Resource: typeof Resource;
    readonly District: typeof Resource;
  }

  export default function clever(auth: { readonly token: string }, baseUrl: string): Clever;
}
