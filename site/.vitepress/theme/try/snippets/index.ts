import changes from './changes.js?raw';
import classroom from './classroom.js?raw';
import count from './count.js?raw';
import error from './error.js?raw';
import login from './login.js?raw';
import rateLimit from './rate-limit.js?raw';
import students from './students.js?raw';
import values from './values.js?raw';

/** A piece of code to begin with. */
export interface Snippet {
  readonly title: string;
  readonly code: string;
}

/** The snippets, in the order in which the page lists them. */
export const SNIPPETS: readonly Snippet[] = [
  { title: 'List the students of a district', code: students },
  { title: 'Count schools, sections and people', code: count },
  { title: 'The classroom of a teacher from the Library', code: classroom },
  { title: 'What has changed since the last time', code: changes },
  { title: 'An error, and what is in it', code: error },
  { title: 'A rate limit that is reached', code: rateLimit },
  { title: 'A login as the certification tries it', code: login },
  { title: 'Grades, subjects and dates of birth', code: values },
];
