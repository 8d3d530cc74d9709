import * as z from 'zod';
import { looseRecord } from './loose.js';

/** A link beside a record or a page. */
export interface RecordLink {
  /** What the link leads to: `self`, `next`, `prev`, `district`, `myStudents` … */
  rel: string;
  /** Relative to the API's origin and with the version in it: `/v3.0/users/…`. */
  uri: string;
}

/** Schema of {@link RecordLink}. */
export const recordLinkSchema = looseRecord<RecordLink>()({ rel: z.string(), uri: z.string() }).meta({
  title: 'RecordLink',
  description: 'A link beside a record or a page.',
});
