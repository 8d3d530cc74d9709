/**
 * A sandbox in its own process: the Clever of the fleet. Its first argument is what it serves, as JSON. A message
 * `{ rename: n }` changes n people of the first district, which writes n events.
 */
import { createSandbox } from 'clever-sdk/sandbox';

/** What the sandbox serves. */
export interface FleetOptions {
  readonly districts: number;
  /** In each district. */
  readonly students: number;
}

/** What it says of itself. */
export interface FleetAddress {
  readonly client: {
    readonly apiOrigin: string;
    readonly authOrigin: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly ids: readonly string[];
}

const { districts, students } = JSON.parse(process.argv[2] ?? '{}') as FleetOptions;
const sandbox = createSandbox({
  districts: Array.from({ length: districts }, (_, index) => ({ seed: index + 1, students })),
  rateLimit: { limit: 1_000_000_000 },
});
await sandbox.listen({ port: 0 });

process.on('message', ({ rename }: { rename: number }) => {
  const [district] = sandbox.districts;
  const people = sandbox.people({ districtId: district?.id ?? '', role: 'student', limit: rename });
  for (const [index, { id }] of people.entries()) {
    district?.changes.rename({ user: id, name: { last: `Renamed${Date.now()}x${index}` } });
  }
  process.send?.({ renamed: people.length });
});
process.on('disconnect', () => process.exit());
const { apiOrigin, authOrigin, clientId, clientSecret } = sandbox.clientOptions();
process.send?.({
  client: { apiOrigin, authOrigin, clientId, clientSecret },
  ids: sandbox.districts.map(({ id }) => id),
});
