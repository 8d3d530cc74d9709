/** Ways out of a worker. `fetch` is not among them: code expects it to exist. */
const WAYS_OUT = ['XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'importScripts'];

/** Closes the network to the code of a worker. The sandbox needs none, and a snippet that leaves it out should learn so. */
export function closeNetwork(scope: object): void {
  for (const name of WAYS_OUT) {
    Object.defineProperty(scope, name, { value: undefined });
  }
  const fetch = async (): Promise<never> => {
    throw new TypeError(
      'This page sends nothing. Make the client with `createCleverClient({ ...sandbox.clientOptions() })`, whose `fetch` is the sandbox.',
    );
  };
  Object.defineProperty(scope, 'fetch', { value: fetch });
}
