import { type Compact, compact } from 'clever-sdk';
import type { Grade, School, Section, Subject, User } from 'clever-sdk/schemas';
import { describe, expectTypeOf, it } from 'vitest';

interface Record1 {
  id: string;
  readonly created: string;
  title?: string;
  email?: string | null;
  note: string | null;
  subject: Subject;
  kind: 'users';
  count: number;
  flags?: boolean | null;
  name: { first: string; middle?: string | null };
  location?: { city?: string | null } | null;
  schools: string[];
  enrollments?: { school: string; start_date?: string | null }[] | null;
  ext?: Record<string, unknown> | null;
}

interface Compacted {
  id: string;
  readonly created: string;
  title?: string;
  email?: string;
  note?: string;
  subject?: Subject;
  kind: 'users';
  count: number;
  flags?: boolean;
  name: { first: string; middle?: string };
  location?: { city?: string };
  schools: string[];
  enrollments?: { school: string; start_date?: string }[];
  ext?: Record<string, unknown>;
}

describe('Compact', () => {
  it('makes optional and nullable members optional and never null, at every depth', () => {
    expectTypeOf<Compact<Record1>>().toEqualTypeOf<Compacted>();
    expectTypeOf<Compact<Record1>>().toExtend<Compacted>();
    expectTypeOf<Compacted>().toExtend<Compact<Record1>>();
    // @ts-expect-error an empty member is left out
    const explicit: Compact<Pick<Record1, 'email'>> = { email: undefined };
    void explicit;
  });

  it('keeps guaranteed members required and removes the empty string from enumerations', () => {
    expectTypeOf<Compact<Section>['id']>().toEqualTypeOf<string>();
    expectTypeOf<Compact<Section>['students']>().toEqualTypeOf<string[]>();
    expectTypeOf<Compact<Section>['subject']>().toEqualTypeOf<Subject | undefined>();
    expectTypeOf<Compact<School>['low_grade']>().toEqualTypeOf<Grade | undefined>();
    expectTypeOf<NonNullable<NonNullable<Compact<User>['roles']>['student']>['grade']>().toEqualTypeOf<
      Grade | undefined
    >();
    expectTypeOf<Compact<User>>().not.toBeAny();
  });

  it('is the identity for types without members, and idempotent', () => {
    expectTypeOf<Compact<string>>().toEqualTypeOf<string>();
    expectTypeOf<Compact<number | null>>().toEqualTypeOf<number | null>();
    expectTypeOf<Compact<unknown>>().toEqualTypeOf<unknown>();
    expectTypeOf<Compact<Date>>().toEqualTypeOf<Date>();
    expectTypeOf<Compact<(string | null)[]>>().toEqualTypeOf<(string | null)[]>();
    expectTypeOf<Compact<Compact<Record1>>>().toEqualTypeOf<Compact<Record1>>();
    expectTypeOf<Compact<Compact<User>>>().toExtend<Compact<User>>();
  });

  it('keeps unions apart', () => {
    type Either = { type: 'a'; note: string | null } | { type: 'b'; count?: number | null };
    expectTypeOf<Compact<Either>>().toEqualTypeOf<{ type: 'a'; note?: string } | { type: 'b'; count?: number }>();
  });

  it('is what compact() returns', () => {
    const copy = compact({} as Record1);
    expectTypeOf(copy).toEqualTypeOf<Compact<Record1>>();
    expectTypeOf(copy.location?.city).toEqualTypeOf<string | undefined>();
  });
});
