import * as z from 'zod';
import { looseRecord, optional } from './loose.js';

/** An attachment to an assignment or a submission. API v3.1 only. */
export interface Attachment {
  /** The kind of attachment, for example `file`. */
  type?: string | null;
  title?: string | null;
  description?: string | null;
  url?: string | null;
  /** Presumably in bytes; Clever does not say. */
  size?: number | null;
  thumbnail_url?: string | null;
  /** The id in the learning management system. */
  file_external_id?: string | null;
}

/** Schema of {@link Attachment}. Source: the official v3.1 specification; not observed. */
export const attachmentSchema = looseRecord<Attachment>()({
  type: optional(z.string()),
  title: optional(z.string()),
  description: optional(z.string()),
  url: optional(z.string()),
  size: optional(z.number()),
  thumbnail_url: optional(z.string()),
  file_external_id: optional(z.string()),
}).meta({ title: 'Attachment', description: 'An attachment to an assignment or a submission.' });

/** An attachment to write. */
export interface AttachmentRequest {
  /** Clever documents `file` only. */
  type: 'file' | (string & {});
  url: string;
  title?: string | null;
  description?: string | null;
}
