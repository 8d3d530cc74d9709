import { SENSITIVE_FIELDS, type SensitiveField } from '../../values/index.js';
import { didYouMean } from './closest.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failure.js';

/**
 * The sensitive fields that `--sensitive` names: `all`, or each once, in the order of the alphabet.
 *
 * @throws {@link CommandFailure} for a name that no such field has; what was typed is not repeated.
 */
export function sensitiveChoice(names: readonly string[] = []): 'all' | readonly SensitiveField[] {
  const wrong = names.find((name) => name !== 'all' && !isSensitiveField(name));
  if (wrong !== undefined) {
    const known = SENSITIVE_FIELDS.join(', ');
    throw new CommandFailure(
      `--sensitive takes all, or names of: ${known}.${didYouMean(wrong, ['all', ...SENSITIVE_FIELDS])}`,
      EXIT.usage,
    );
  }
  return names.includes('all') ? 'all' : [...new Set(names.filter(isSensitiveField))].sort();
}

function isSensitiveField(name: string): name is SensitiveField {
  return (SENSITIVE_FIELDS as readonly string[]).includes(name);
}
