import { KNOWN_GRADES } from '../values/grade.js';
import { openEnum } from './open-enum.js';

/** Schema of a grade: any string parses, and the type offers Clever's own. */
export const gradeSchema = openEnum(KNOWN_GRADES).meta({
  title: 'Grade',
  description: "A grade in Clever's spelling, or any other text.",
});
