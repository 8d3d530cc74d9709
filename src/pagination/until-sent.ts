/**
 * How many turns of the event loop a `fetch` takes until its request is on the wire: one in which the runtime connects
 * it, one in which the bytes leave (measured with Node's fetch).
 */
const TURNS = 2;

/**
 * Waits until a request that was just begun is on its way: runtimes send it in later turns of the event loop, and whoever
 * goes on with work that keeps the thread busy would hold it back. Takes some fifty microseconds; a timer would take over a
 * millisecond.
 */
export function untilSent(): Promise<void> {
  if (typeof MessageChannel === 'undefined') {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    let turns = 0;
    port1.onmessage = () => {
      turns += 1;
      if (turns < TURNS) {
        port2.postMessage(null);
      } else {
        port1.close();
        resolve();
      }
    };
    port2.postMessage(null);
  });
}
