import { isObject } from '../../../util/is-object.js';
import type { Json } from '../../../util/types.js';
import { KINDS, type Kind } from '../records.js';

/** An event as Clever sends it. */
export interface GivenEvent {
  /** Begins with the second of the event. */
  readonly id: string;
  /** `users.updated` … */
  readonly type: string;
  readonly data: {
    /** The whole record after the change. */
    readonly object: { readonly id: string; readonly [member: string]: unknown };
    readonly previous_attributes?: Readonly<Record<string, unknown>>;
  };
}

/** The members that `/me` had for one kind of login. */
export interface MeForm {
  /** Whether the answer had `type`, and what. */
  readonly type: string | undefined;
  /** The value of `data.type`: a word, or the role of the person. */
  readonly dataType: string | undefined;
  readonly hasAuthorizedBy: boolean;
  readonly hasLinks: boolean;
}

/** An answer that refused a request. */
export interface RecordedRefusal {
  readonly method: string;
  /** The path, with `{id}` for each id. */
  readonly path: string;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The form of the answers of a district that are no records. */
export interface RecordedAnswers {
  /** The scopes of the district-app token; `undefined` when no token list was recorded. */
  readonly scopes?: readonly string[] | undefined;
  /** Of `/me` after a login through the district, and after one through the Library. */
  readonly me?: { readonly district?: MeForm | undefined; readonly library?: MeForm | undefined };
  readonly refusals?: readonly RecordedRefusal[];
}

/** Finds the events in recorded bodies, oldest first. */
export function findEvents(bodies: readonly unknown[]): GivenEvent[] {
  const found = bodies.flatMap(elementsOf).filter(isEvent);
  return [...new Map(found.map((event) => [event.id, event])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Finds what recorded bodies say about the answers of a district. */
export function findAnswers(bodies: readonly unknown[], district: string): RecordedAnswers {
  const objects = bodies.filter(isObject);
  const token = objects.flatMap(elementsOf).find((entry) => isTokenOf(district, entry));
  const scopes = isObject(token) && Array.isArray(token['scopes']) ? token['scopes'] : undefined;
  const me = objects.filter(isMe);
  return {
    scopes: scopes?.filter((scope): scope is string => typeof scope === 'string'),
    me: {
      district: me.filter(({ data }) => data['authorized_by'] !== 'teacher' && 'district' in data).map(formOf)[0],
      library: me.filter(({ data }) => data['authorized_by'] === 'teacher' || !('district' in data)).map(formOf)[0],
    },
    refusals: objects.filter(isRefusal),
  };
}

/** The kind and the action of an event's type; `undefined` for a type that the sandbox does not know. */
export function readEventType(
  type: string,
): { readonly kind: Kind; readonly action: 'created' | 'updated' | 'deleted' } | undefined {
  const [kind, action, ...rest] = type.split('.');
  const known = KINDS.find((one) => one === kind);
  const isAction = action === 'created' || action === 'updated' || action === 'deleted';
  return known !== undefined && isAction && rest.length === 0 ? { kind: known, action } : undefined;
}

/** The elements of a list, or the single record of an answer, without their envelopes. */
function elementsOf(body: unknown): unknown[] {
  const data = isObject(body) ? body['data'] : undefined;
  const elements: readonly unknown[] = Array.isArray(data) ? data : [data];
  return elements.map((element) =>
    isObject(element) && isObject(element['data']) && !('id' in element) ? element['data'] : element,
  );
}

function isEvent(value: unknown): value is GivenEvent {
  if (!isObject(value) || typeof value['id'] !== 'string' || typeof value['type'] !== 'string') {
    return false;
  }
  const { data } = value;
  return (
    readEventType(value['type']) !== undefined &&
    isObject(data) &&
    isObject(data['object']) &&
    typeof data['object']['id'] === 'string'
  );
}

function isTokenOf(district: string, entry: unknown): boolean {
  return isObject(entry) && 'access_token' in entry && isObject(entry['owner']) && entry['owner']['id'] === district;
}

const ME_MEMBERS = ['id', 'district', 'type', 'authorized_by'];

/** `/me` has few members, of which `type` or `authorized_by` is one, and no link but its own. */
function isMe(body: Json): body is Json & { readonly data: Json } {
  const { data, links } = body;
  const isBrief =
    isObject(data) &&
    ('type' in data || 'authorized_by' in data) &&
    Object.keys(data).every((name) => ME_MEMBERS.includes(name));
  const isOwn =
    links === undefined || (Array.isArray(links) && links.some((link) => isObject(link) && link['uri'] === '/me'));
  return isBrief && isOwn;
}

function formOf({ type, data, links }: Json & { readonly data: Json }): MeForm {
  return {
    type: typeof type === 'string' ? type : undefined,
    dataType: typeof data['type'] === 'string' ? data['type'] : undefined,
    hasAuthorizedBy: 'authorized_by' in data,
    hasLinks: links !== undefined,
  };
}

function isRefusal(value: Json): value is Json & RecordedRefusal {
  const { method, path, status, body } = value;
  return typeof method === 'string' && typeof path === 'string' && typeof status === 'number' && isObject(body);
}
