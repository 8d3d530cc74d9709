import { KNOWN_SUBJECTS } from '../values/subject.js';
import { openEnum } from './open-enum.js';

/** Schema of a section's subject: any string parses, and the type offers Clever's own. */
export const subjectSchema = openEnum(KNOWN_SUBJECTS).meta({
  title: 'Subject',
  description: "A subject in Clever's spelling, or any other text.",
});
