import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import { unknownEventSchema } from '../src/schemas/event.js';
import { recordSchemas } from '../src/schemas/record.js';

type Schema = z.core.$ZodType;

/**
 * The functions that the written ones call, at the head of the file. They look at values that came from JSON,
 * where only an absent member is `undefined`.
 */
const PRIMITIVES = `
/** Returns whether a value has a shape. */
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';

// JSON can contain a number that is too large for JavaScript, such as 1e999.
const isNumber: Check = (value) => Number.isFinite(value);

const isBoolean: Check = (value) => typeof value === 'boolean';

// A member that may be absent or null.
const isMaybe = (value: unknown, check: Check): boolean => value === undefined || value === null || check(value);

const isMaybeText: Check = (value) => typeof value === 'string' || value === undefined || value === null;

const isListOf = (value: unknown, check: Check): boolean => {
  if (!Array.isArray(value)) {
    return false;
  }
  for (const element of value) {
    if (!check(element)) {
      return false;
    }
  }
  return true;
};

// An object with any names. Like zod, it does not look at __proto__.
const isRecordOf = (value: unknown, check: Check): boolean => {
  if (!isObject(value)) {
    return false;
  }
  for (const name in value) {
    if (!check(value[name]) && name !== '__proto__') {
      return false;
    }
  }
  return true;
};
`;

/**
 * Returns the text of `src/checks/checks.ts`: the zod schemas of the records as functions that return only
 * true or false.
 *
 * Reads schemas as zod documents it for libraries (zod.dev/library-authors). Throws for anything unknown,
 * because a check that misses something would be worse than none.
 *
 * @param schemas - By kind of record.
 */
export function generateChecks(schemas: Readonly<Record<string, Schema>> = recordSchemas): string {
  const writer = new Writer();
  const kinds = Object.entries(schemas).map(
    ([kind, schema]) => `  ${kind}: ${writer.check(schema, capitalized(kind))},\n`,
  );
  return formatted(`/*
 * Generated from the zod schemas in src/schemas by \`npm run generate\` (scripts/generate-checks.ts). Change those
 * instead of this file; a test compares them.
 *
 * Each function returns whether a value has the shape of its schema, and reads like it: isUser checks what
 * userSchema in src/schemas/user.ts says, member by member. It copies nothing, and ignores members that the schema
 * does not have. For a value that a check rejects, zod explains the reason.
 */
import type { RecordKind } from '../schemas/record.js';
import { isObject } from '../util/is-object.js';
${PRIMITIVES}
/** The check of each kind of record. */
export const CHECKS: Readonly<Record<RecordKind, Check>> = {
${kinds.join('')}};

${writer.functions.join('\n')}`);
}

/**
 * Writes a function for every schema except the simplest. Schemas with the same text, such as equal parts
 * of others, share one.
 */
class Writer {
  readonly #names = new Map<string, string>();

  get functions(): string[] {
    return [...this.#names].map(([body, name]) => `function ${name}(value: unknown): boolean {\n${body}}\n`);
  }

  /**
   * Returns the name of the function that checks a schema.
   *
   * @param path - The name for an object that has no title.
   */
  check(schema: Schema, path: string): string {
    const def = definitionOf(schema, path);
    switch (def.type) {
      case 'string':
        return 'isText';
      case 'number':
        return 'isNumber';
      case 'boolean':
        return 'isBoolean';
      case 'nullable': {
        const inner = this.check(def.innerType, path);
        return this.#declare(`${inner}OrNull`, `return value === null || ${inner}(value);`);
      }
      case 'array': {
        const element = this.check(def.element, path);
        return this.#declare(`${element}List`, `return isListOf(value, ${element});`);
      }
      case 'record': {
        if (definitionOf(def.keyType, path).type !== 'string') {
          throw unsupported(path, 'a record with special keys');
        }
        if (definitionOf(def.valueType, path).type === 'unknown') {
          return 'isObject';
        }
        const member = this.check(def.valueType, path);
        return this.#declare(`${member}Record`, `return isRecordOf(value, ${member});`);
      }
      case 'union': {
        if ('discriminator' in def) {
          return this.#checkByType(def as z.core.$ZodDiscriminatedUnionDef, path);
        }
        const options = def.options.map((option) => this.check(option, path));
        return this.#declare(
          options.map((name, index) => (index === 0 ? name : name.replace(/^is/u, 'Or'))).join(''),
          `return ${options.map((name) => `${name}(value)`).join(' || ')};`,
        );
      }
      case 'object':
        return this.#checkObject(def, titleOf(schema) ?? path);
      default:
        throw unsupported(path, `the zod type '${def.type}'`);
    }
  }

  #declare(name: string, statement: string): string {
    const body = `  ${statement}\n`;
    const declared = this.#names.get(body);
    if (declared !== undefined) {
      return declared;
    }
    if ([...this.#names.values()].includes(name)) {
      throw new Error(`Two different checks would have the name ${name}.`);
    }
    this.#names.set(body, name);
    return name;
  }

  #checkObject(def: z.core.$ZodObjectDef, name: string): string {
    if (def.catchall?._zod.def.type !== 'unknown') {
      throw unsupported(name, 'an object that is not loose');
    }
    const members = Object.entries(def.shape).flatMap(([key, member]) =>
      this.#member(member, `value[${quoted(key)}]`, `${name}${capitalized(key)}`),
    );
    return members.length === 0
      ? 'isObject'
      : this.#declare(`is${name}`, `return ${['isObject(value)', ...members].join(' && ')};`);
  }

  /** Returns the condition that a member has to meet, or none. */
  #member(schema: Schema, value: string, path: string): string[] {
    const def = definitionOf(schema, path);
    if (def.type === 'literal') {
      return [def.values.map((literal) => `${value} === ${quoted(literal)}`).join(' || ')];
    }
    if (def.type !== 'optional') {
      return [`${this.check(schema, path)}(${value})`];
    }
    const inner = definitionOf(def.innerType, path);
    if (inner.type === 'unknown') {
      return [];
    }
    if (inner.type !== 'nullable') {
      throw unsupported(path, 'a member that may be absent but not null');
    }
    const check = this.check(inner.innerType, path);
    return [check === 'isText' ? `isMaybeText(${value})` : `isMaybe(${value}, ${check})`];
  }

  /**
   * Checks a union of objects that a literal distinguishes, such as events. Any other literal is an event
   * of an unknown type.
   */
  #checkByType({ discriminator, options }: z.core.$ZodDiscriminatedUnionDef, path: string): string {
    const cases = options.map((option) => {
      const literal = literalOf(option, discriminator, path);
      const check = this.check(option, literal.split('.').map(capitalized).join(''));
      return `case ${quoted(literal)}: return ${check}(value);`;
    });
    const otherwise = this.check(unknownEventSchema, 'UnknownEvent');
    return this.#declare(
      `is${path}`,
      `if (!isObject(value)) { return false; }
       switch (value[${quoted(discriminator)}]) { ${cases.join('\n')} default: return ${otherwise}(value); }`,
    );
  }
}

/** Returns the definition of a schema. Throws when the schema has more than its definition. */
function definitionOf(schema: Schema, path: string): z.core.$ZodTypes['_zod']['def'] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if ((def.checks?.length ?? 0) > 0) {
    throw unsupported(path, 'a refinement');
  }
  if ('coerce' in def && def.coerce === true) {
    throw unsupported(path, 'a coercion');
  }
  return def;
}

function literalOf(option: Schema, discriminator: string, path: string): string {
  const def = definitionOf(option, path);
  const member = def.type === 'object' ? def.shape[discriminator] : undefined;
  const literal = member && definitionOf(member, path);
  if (literal?.type !== 'literal' || literal.values.length !== 1) {
    throw unsupported(path, 'a union whose options no single literal distinguishes');
  }
  return String(literal.values[0]);
}

function titleOf(schema: Schema): string | undefined {
  return (schema as z.ZodType).meta()?.title;
}

const quoted = (value: unknown): string => `'${value}'`;

/** Returns `previous_attributes` in the form that a name needs. */
function capitalized(words: string): string {
  return words.replaceAll(/(?:^|_)([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
}

function unsupported(path: string, what: string): Error {
  return new Error(`${path}: scripts/generate-checks.ts cannot write a check for ${what}.`);
}

/** Returns the text in the format of the project's own formatter. */
function formatted(text: string): string {
  const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));
  const command = [biome, 'format', '--stdin-file-path=src/checks/checks.ts'];
  return execFileSync(process.execPath, command, { input: text, encoding: 'utf8' });
}
