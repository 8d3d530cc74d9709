import { describe, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type { knownEventSchema } from '../../../src/schemas/event.js';
import type { RosterEventWith, SensitiveField } from '../../../src/schemas/index.js';

describe('the schema of documented events', () => {
  it('is equal to the interfaces, with every sensitive field', () => {
    expectTypeOf<z.output<typeof knownEventSchema>>().toEqualTypeOf<RosterEventWith<SensitiveField>>();
    expectTypeOf<z.input<typeof knownEventSchema>>().toEqualTypeOf<RosterEventWith<SensitiveField>>();
  });
});
