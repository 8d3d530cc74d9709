import type { MiddlewareHandler } from 'hono';
import type { MeForm, RecordedAnswers } from '../../roster/recordings/answers.js';
import type { Env } from '../context.js';
import { json } from './answers.js';

/** A part of a path that is an id, and no word of Clever's. */
const ID = /^(?=.*\d)[\w-]{8,}$/u;

/** Refuses with the body that a recorded district refused the same kind of request with. */
export const recordedRefusals: MiddlewareHandler<Env> = async (context, next) => {
  await next();
  const { status } = context.res;
  const isJson = context.res.headers.get('content-type')?.startsWith('application/json') === true;
  const grant = context.get('grant');
  const refusals = grant?.district.answers.refusals ?? [];
  if (status < 400 || !isJson || refusals.length === 0) {
    return;
  }
  const path = templateOf(context.req.path);
  const recorded = refusals.find(
    (one) => one.method === context.req.method && one.path === path && one.status === status,
  );
  if (recorded !== undefined) {
    context.res = json(recorded.body, status);
  }
};

/** An answer of `/me` in the form in which a recorded district gave it. */
export function inRecordedForm(
  me: { readonly data: object; readonly links: readonly object[] },
  { me: forms }: RecordedAnswers,
  connection: 'district' | 'library',
  role: string,
): object {
  const form: MeForm | undefined = forms?.[connection];
  if (form === undefined) {
    return me;
  }
  const { type, authorized_by, ...data } = me.data as Record<string, unknown>;
  const word = (recorded: string): string => (recorded === 'user' ? recorded : role);
  return {
    ...(form.type === undefined ? {} : { type: word(form.type) }),
    data: {
      ...data,
      ...(form.dataType === undefined ? {} : { type: word(form.dataType) }),
      ...(form.hasAuthorizedBy ? { authorized_by } : {}),
    },
    ...(form.hasLinks ? { links: me.links } : {}),
  };
}

function templateOf(path: string): string {
  return path
    .split('/')
    .map((part) => (ID.test(part) ? '{id}' : part))
    .join('/');
}
