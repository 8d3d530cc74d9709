/** A defect of the reference app that exactly one probe must find. */
export interface Mutant {
  readonly name: string;
  /** The probe that finds it. Every other one must say of the mutant what it says of the app. */
  readonly probe: string;
  /** `warn` where Clever only recommends, `review` where a person has to look. Default: `fail`. */
  readonly verdict?: 'fail' | 'warn' | 'review';
  /** The modules of this folder that take the place of the SDK's, which has no place for the defect. */
  readonly by?: 'naive-login' | 'naive-sync';
  /** What is different. */
  readonly changes: readonly Change[];
}

/** A text that a file has exactly once, and what it becomes. */
export interface Change {
  /** A file of `examples/certified/`, or the one that {@link Mutant.by} names. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** How a login or a sync written by hand gets into the app. */
export const BY_HAND: Readonly<Record<NonNullable<Mutant['by']>, readonly Change[]>> = {
  'naive-login': [
    {
      file: 'app.ts',
      from: "import { Hono } from 'hono';",
      to: "import { Hono } from 'hono';\nimport { naiveLogin } from './naive-login.ts';",
    },
    {
      file: 'app.ts',
      from: 'clever.login({\n    cookieSecret,',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the app.
      to: 'naiveLogin(clever, `${origin}/auth/clever/callback`, {',
    },
  ],
  'naive-sync': [
    {
      file: 'commands.ts',
      from: "import { createRosterSync } from 'clever-sdk/sync';",
      to: "import { naiveSync } from './naive-sync.ts';",
    },
    { file: 'commands.ts', from: 'createRosterSync({', to: 'naiveSync({' },
  ],
};
