import {
  EXTENSION_MEMBER,
  SENSITIVE_FIELDS,
  type SensitiveField,
  sensitiveFieldOf,
} from '../values/sensitive-fields.js';
import { REDACTED } from './conceal.js';

const NONE: ReadonlySet<SensitiveField> = new Set();

/**
 * Removes from a parsed answer every member that bears the name of a sensitive student field, at any depth and, below
 * `ext`, in any spelling. Everything else stays as sent, whatever shape it has.
 *
 * Changes the value in place: it comes fresh from `JSON.parse` and nobody else holds it. One pass that visits each member
 * once and copies nothing.
 *
 * @param asked - The fields to leave where they are. Default: none.
 * @returns Whether anything was removed.
 */
export function omitSensitive(value: object, asked: ReadonlySet<SensitiveField> = NONE): boolean {
  if (asked.size === SENSITIVE_FIELDS.length) {
    return false;
  }
  let hasRemoved = false;
  // A list instead of recursion: an answer nested a hundred thousand deep must not overflow the stack.
  const pending: object[] = [value];
  const pendingExtensions: boolean[] = [false];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const isExtension = pendingExtensions.pop() === true;
    if (Array.isArray(node)) {
      for (const item of node as unknown[]) {
        if (typeof item === 'object' && item !== null) {
          pending.push(item);
          pendingExtensions.push(isExtension);
        }
      }
      continue;
    }
    // `for in` is twice as fast as a list of keys; what it may find on a polluted prototype is not removed from there.
    for (const name in node) {
      const field = sensitiveFieldOf(name, isExtension);
      if (field !== undefined && !asked.has(field)) {
        hasRemoved = Reflect.deleteProperty(node, name) || hasRemoved;
        continue;
      }
      const member = (node as Record<string, unknown>)[name];
      if (typeof member === 'object' && member !== null) {
        pending.push(member);
        pendingExtensions.push(isExtension || name === EXTENSION_MEMBER);
      }
    }
  }
  return hasRemoved;
}

const MENTION = new RegExp(SENSITIVE_FIELDS.map((field) => field.replaceAll('_', '[^a-z0-9]*')).join('|'), 'iu');

/** Whether a text speaks of a sensitive field, in any spelling: then it may go on to tell the field's value. */
export function mentionsSensitiveField(text: string): boolean {
  return MENTION.test(text);
}

/**
 * The text of an answer without sensitive fields. JSON loses their members; what still speaks of one afterwards, such as a
 * page or JSON that was cut off, is withheld whole, because nobody can say where the value ends.
 */
export function withoutSensitiveFields(text: string): string {
  if (!mentionsSensitiveField(text)) {
    return text;
  }
  const json = parsed(text);
  const kept = json !== undefined && omitSensitive(json) ? JSON.stringify(json) : text;
  return mentionsSensitiveField(kept) ? REDACTED : kept;
}

function parsed(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
