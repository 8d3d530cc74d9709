import type { District } from '../../world/district.js';
import type { SandboxDistrict } from '../../world/sandbox-district.js';
import type { World } from '../../world/world.js';
import type { Control } from '../control.js';

/** What a value of a trigger's option may be. */
interface OptionValues {
  readonly text: string;
  readonly texts: readonly string[];
  readonly flag: boolean;
  /** A length of time in milliseconds, above 0. */
  readonly duration: number;
}

/** The options of a trigger, by name, with the kind of each. */
export type OptionKinds = Readonly<Record<string, keyof OptionValues>>;

/** Checked options. Each may be left out. */
type Given<Options extends OptionKinds> = { readonly [Name in keyof Options]?: OptionValues[Options[Name]] };

/** What a trigger changes. */
export interface TriggerTarget {
  readonly world: World;
  readonly control: Control;
  readonly district: District;
  readonly owner: SandboxDistrict;
}

/** Ids of records by kind. */
type Ids = Readonly<Record<string, readonly string[]>>;

/** The result of a trigger: the records that it applied to, and what changed. */
export interface TriggerResult {
  /** Ids of the records that were given or chosen, by the name of the option. */
  readonly used?: Readonly<Record<string, string>>;
  readonly created?: Ids;
  readonly updated?: Ids;
  readonly deleted?: Ids;
  readonly eventIds?: readonly string[];
  /** The new district-app token, of a trigger that makes one. */
  readonly token?: string | undefined;
  /** `false` when everything was as the trigger wants it before. */
  readonly isChanged?: boolean;
}

/** Something that happens to a district or to the sandbox, at the request of the developer. */
export interface Trigger {
  /** What it applies to. */
  readonly scope: 'district' | 'sandbox';
  readonly options: OptionKinds;
  /** @throws {@link SandboxError} when it is not possible. Nothing has changed then. */
  readonly act: (target: TriggerTarget, given: Given<OptionKinds>) => TriggerResult;
}

/** Makes a trigger whose action takes its options by their types. */
export function trigger<const Options extends OptionKinds>(
  scope: Trigger['scope'],
  options: Options,
  act: (target: TriggerTarget, given: Given<Options>) => TriggerResult,
): Trigger {
  // Options are checked by their kinds before a trigger acts.
  return { scope, options, act: act as Trigger['act'] };
}
