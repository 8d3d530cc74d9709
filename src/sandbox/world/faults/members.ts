import { isObject } from '../../../util/is-object.js';
import { SandboxError } from '../../roster/error.js';
import type { Fault } from './fault.js';

/** What a member of a fault concerns: the request, the count, or the place where something goes wrong. */
type Family = 'request' | 'count' | 'way' | 'answer' | 'headers' | 'page' | 'record';

interface Member {
  readonly family: Family;
  /** Ends a sentence that begins with “must be”. */
  readonly takes: string;
  readonly isGood: (value: unknown) => boolean;
  /** The value that has no effect. */
  readonly idle?: boolean;
}

const MOST_RECORDS = 10_000;

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isPath = (value: unknown): value is string => isText(value) && value.split('.').every((part) => part !== '');
const hasValues = (value: unknown, types: readonly string[]): boolean =>
  isObject(value) && Object.values(value).every((inner) => types.includes(typeof inner));

const text = (family: Family): Member => ({ family, takes: 'text', isGood: isText });
const flag = (family: Family): Member => ({ family, takes: 'true or false', isGood: isBoolean, idle: false });
const count = (family: Family, minimum = 0): Member => ({
  family,
  takes: `a whole number, ${minimum} or more`,
  isGood: (value) => isWhole(value) && value >= minimum,
});
const flagOrBody: Member = {
  family: 'way',
  takes: "true, false or 'body'",
  isGood: (value) => isBoolean(value) || value === 'body',
  idle: false,
};
const memberPath: Member = { family: 'record', takes: 'the path of a member, `name.first`', isGood: isPath };

/** Every member of a fault and the values it accepts. The compiler checks that none is missing. */
const MEMBERS: { readonly [Name in keyof Required<Fault>]: Member } = {
  method: text('request'),
  path: {
    family: 'request',
    takes: 'a path that begins with `/` and includes the version: `/v3.1/users`, `/v3.1/users/{id}`, `/oauth/*`',
    isGood: (value) => isText(value) && (value.startsWith('/') || value === '*'),
  },
  query: {
    family: 'request',
    takes: 'an object of texts, numbers and booleans',
    isGood: (value) => hasValues(value, ['string', 'number', 'boolean']),
  },
  districtId: text('request'),
  when: { family: 'request', takes: 'a function', isGood: (value) => typeof value === 'function' },
  skip: count('count'),
  times: {
    ...count('count', 1),
    takes: 'a whole number, 1 or more, or `Infinity`',
    isGood: (value) => value === Number.POSITIVE_INFINITY || (isWhole(value) && value >= 1),
  },
  delayMs: count('way'),
  hang: flagOrBody,
  resetConnection: flagOrBody,
  truncateBody: flag('way'),
  slowBodyMs: count('way', 1),
  dnsFailure: flag('way'),
  status: {
    family: 'answer',
    takes: 'an HTTP status from 200 to 599',
    isGood: (value) => isWhole(value) && value >= 200 && value <= 599,
  },
  retryAfterMs: count('answer'),
  body: { family: 'answer', takes: 'text or JSON', isGood: () => true },
  html: { family: 'answer', takes: 'text or true', isGood: (value) => typeof value === 'string' || value === true },
  headers: { family: 'headers', takes: 'an object of texts', isGood: (value) => hasValues(value, ['string']) },
  rateLimitHeaders: { ...flag('headers'), idle: true },
  clockSkewMs: { family: 'headers', takes: 'a whole number', isGood: isWhole },
  nextLink: text('page'),
  dropLinks: flag('page'),
  moveCursor: {
    family: 'page',
    takes: `a whole number other than 0, from -${MOST_RECORDS} to ${MOST_RECORDS}`,
    isGood: (value) => isWhole(value) && value !== 0 && Math.abs(value) <= MOST_RECORDS,
  },
  repeatPage: flag('page'),
  emptyPage: flag('page'),
  record: {
    family: 'record',
    takes: "a place from 0, or 'all'",
    isGood: (value) => value === 'all' || (isWhole(value) && value >= 0),
  },
  unknownEnum: {
    ...memberPath,
    takes: 'the path of a member, `roles.student.grade`, or true',
    isGood: (value) => value === true || isPath(value),
  },
  nullField: memberPath,
  missingField: memberPath,
  wrongType: memberPath,
  replaceRecord: { family: 'record', takes: 'JSON', isGood: () => true },
  duplicateRecord: flag('record'),
};

type Name = keyof Fault;

const NAMES = Object.keys(MEMBERS) as Name[];

/** The ways in which an exchange can end. A fault has at most one. */
const ENDINGS: readonly Name[] = ['hang', 'resetConnection', 'truncateBody', 'slowBodyMs', 'dnsFailure'];

/** Returns the members of a fault that have an effect. */
function presentMembers(fault: Fault): Name[] {
  return NAMES.filter((name) => fault[name] !== undefined && fault[name] !== MEMBERS[name].idle);
}

/**
 * Returns the names of the members that make something go wrong, without their values:
 * `['status', 'delayMs']`.
 */
export function effectsOf(fault: Fault): string[] {
  return presentMembers(fault).filter(
    (name) => !['request', 'count'].includes(MEMBERS[name].family) && name !== 'record',
  );
}

/**
 * Checks a fault.
 *
 * @throws {@link SandboxError} for a member that does not exist, a wrong value, or two members that
 * contradict each other.
 */
export function checkFault(fault: Fault): void {
  const unknown = Object.keys(fault).find((key) => !NAMES.includes(key as Name));
  if (unknown !== undefined) {
    throw new SandboxError(`faults.add() has no option \`${unknown}\`. Options: ${NAMES.join(', ')}.`);
  }
  for (const name of NAMES) {
    const { takes, isGood } = MEMBERS[name];
    if (fault[name] !== undefined && !isGood(fault[name])) {
      throw new SandboxError(`\`${name}\` must be ${takes}.`);
    }
  }
  const present = presentMembers(fault);
  const of = (...families: Family[]): Name[] => present.filter((name) => families.includes(MEMBERS[name].family));
  const endings = present.filter((name) => ENDINGS.includes(name));
  const changes = of('page', 'record').filter((name) => name !== 'record');
  const [replaced] = of('answer');
  if (endings.length > 1) {
    throw contradiction(endings, 'an answer can end in only one way.');
  }
  if (replaced !== undefined && changes[0] !== undefined) {
    throw contradiction(
      [replaced, changes[0]],
      'the first replaces the answer that the second changes. Add two faults.',
    );
  }
  if (present.includes('moveCursor') && present.includes('repeatPage')) {
    throw contradiction(['moveCursor', 'repeatPage'], 'both move the cursor.');
  }
  if (present.includes('record') && changes.every((name) => MEMBERS[name].family !== 'record')) {
    throw new SandboxError('`record` selects the record to change; also pass `wrongType`, `nullField` … to say how.');
  }
}

function contradiction(names: readonly Name[], why: string): SandboxError {
  return new SandboxError(`${names.map((name) => `\`${name}\``).join(' and ')} do not go together: ${why}`);
}
