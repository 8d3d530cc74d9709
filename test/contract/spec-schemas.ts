import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { referencePath } from '../support/reference.js';

type Json = Record<string, unknown>;

/** An operation of a specification. */
export interface SpecOperation {
  readonly file: string;
  readonly method: string;
  readonly path: string;
  readonly responses: Readonly<Record<string, Json>>;
}

/** A Swagger 2.0 document. */
export interface Spec {
  readonly file: string;
  readonly definitions: Readonly<Record<string, Json>>;
  readonly responses: Readonly<Record<string, Json>>;
  readonly operations: readonly SpecOperation[];
}

/**
 * A difference between the specification and the real service: how to change the schemas so that they fit
 * reality.
 */
export interface Allowance {
  readonly name: string;
  /** Where the difference was seen or is documented. */
  readonly why: string;
  /** The only version that it applies to. */
  readonly version?: 'v3.0' | 'v3.1';
  /** Changes the definitions, which are a copy. Definitions that a file does not have are skipped. */
  change(definitions: Record<string, Json>): void;
}

/** Reads a specification of the reference folder. */
export function readSpec(file: string): Spec {
  const { definitions, responses, paths } = parse(readFileSync(referencePath('openapi', file), 'utf8')) as {
    definitions: Spec['definitions'];
    responses: Spec['responses'];
    paths: Record<string, Record<string, { responses: Record<string, Json> }>>;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ file, method, path, responses: operation.responses })),
  );
  return { file, definitions, responses, operations };
}

/**
 * Makes one validator per definition. Stricter than the document: members that it does not declare are
 * errors, so that every difference has to be an {@link Allowance}.
 */
export class SpecSchemas {
  readonly #spec: Spec;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(spec: Spec, allowances: readonly Allowance[]) {
    this.#spec = spec;
    const definitions = structuredClone(spec.definitions) as Record<string, Json>;
    narrowEvents(definitions);
    for (const { change } of allowances) {
      change(definitions);
    }
    const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/u;
    this.#ajv.addFormat('datetime', timestamp);
    this.#ajv.addFormat('date-time', timestamp);
    this.#ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/u);
    this.#ajv.addFormat('mongo-id', /^[0-9a-f]{24}$/u);
    this.#ajv.addFormat('float', { type: 'number', validate: () => true });
    this.#ajv.addSchema({
      $id: 'spec',
      definitions: Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, converted(schema)])),
    });
  }

  /** What is wrong with a body; empty when it fits. Holds paths and schema words, but no values. */
  problems(operation: SpecOperation, status: number, body: unknown): string[] {
    const response = operation.responses[String(status)];
    if (response === undefined) {
      return [`status ${status} is not declared`];
    }
    const named = typeof response['$ref'] === 'string' ? (response['$ref'].split('/').at(-1) ?? '') : undefined;
    const schema = (named === undefined ? response : (this.#spec.responses[named] ?? {}))['schema'] as Json | undefined;
    if (schema === undefined) {
      return [];
    }
    const name = String(schema['$ref']).split('/').at(-1) ?? '';
    const validate = this.#validator(name);
    return validate(body) ? [] : (validate.errors ?? []).map(describe);
  }

  #validator(name: string): ValidateFunction {
    const known = this.#validators.get(name);
    const validator = known ?? this.#ajv.compile({ $ref: `spec#/definitions/${name}` });
    this.#validators.set(name, validator);
    return validator;
  }
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath.replace(/\/\d+(?=\/|$)/gu, '/#')} ${message} ${JSON.stringify(params)}`;
}

/** Swagger's `discriminator` in JSON Schema terms: the type says which definition an event has to match. */
function narrowEvents(definitions: Record<string, Json>): void {
  const types = Object.keys(definitions).filter((name) => /^[a-z]+\.(created|updated|deleted)$/u.test(name));
  if (types.length === 0) {
    return;
  }
  for (const type of types) {
    const [, own] = (definitions[type] as { allOf: [Json, { properties: Json }] }).allOf;
    const base = definitions['Event']?.['properties'] as Json;
    definitions[type] = { type: 'object', properties: { ...base, ...own.properties } };
  }
  const branches = types.map((type) => ({
    if: { properties: { type: { const: type } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { $ref: `#/definitions/${type}` },
  }));
  definitions['AnyEvent'] = { allOf: branches, properties: { type: { enum: types } }, required: ['type'] };
  const response = definitions['EventResponse'] as { properties: Json };
  response.properties['data'] = { $ref: '#/definitions/AnyEvent' };
}

const KEPT = ['type', 'enum', 'format', 'pattern', 'required', 'const', 'minimum', 'maximum', 'if', 'then'];

function converted(schema: Json): Json {
  const isNullable = schema['x-nullable'] === true;
  if (typeof schema['$ref'] === 'string') {
    const reference = { $ref: schema['$ref'].replace('#/', 'spec#/') };
    return isNullable ? { anyOf: [reference, { type: 'null' }] } : reference;
  }
  const result: Json = Object.fromEntries(
    KEPT.filter((keyword) => keyword in schema).map((keyword) => [
      keyword,
      keyword === 'if' || keyword === 'then' ? converted(schema[keyword] as Json) : schema[keyword],
    ]),
  );
  for (const keyword of ['allOf', 'anyOf']) {
    if (keyword in schema) {
      result[keyword] = (schema[keyword] as Json[]).map((part) => converted(part));
    }
  }
  if ('items' in schema) {
    result['items'] = converted(schema['items'] as Json);
  }
  if ('properties' in schema) {
    result['properties'] = Object.fromEntries(
      Object.entries(schema['properties'] as Record<string, Json>).map(([name, property]) => [
        name,
        converted(property),
      ]),
    );
    // `type` is missing where a schema constrains one member of an object that is checked elsewhere.
    if (schema['type'] === 'object') {
      result['additionalProperties'] = false;
    }
  } else if (schema['additionalProperties'] !== undefined) {
    result['additionalProperties'] = converted(schema['additionalProperties'] as Json);
  }
  return isNullable ? { anyOf: [result, { type: 'null' }] } : result;
}
