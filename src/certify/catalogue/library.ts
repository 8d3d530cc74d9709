import type { Requirement } from './requirement.js';

const GUIDE = 'dev.clever.com/docs/library-certification-guide';
const OLDER = 'dev.clever.com/v2.1/docs/il-certification';
const ROSTERING = 'dev.clever.com/docs/clever-library-rostering';

const CLASSROOM =
  'In `onLogin`, when `identity.connection` is `library` and the person a teacher, read `clever.library({ token }).classroom()`, which is the teacher with all sections and students, and store it before the first page.';

/** What Clever asks of an app of the Clever Library. */
export const LIBRARY: readonly Requirement[] = [
  {
    id: 'library.login',
    suite: 'library',
    title: 'Library login',
    requirement:
      'A teacher who adds the app from the Library arrives at the primary redirect URI with a code and no state, and is logged in. The button and the portal work for the teacher, too.',
    source: `${GUIDE}, ${OLDER}`,
    advice:
      'Handle the primary redirect URI by `clever.login().callback()`. A login from the Library names no district: `identity.districtId` is missing, and `identity.connection` is `library`.',
    by: 'probe',
  },
  {
    id: 'library.provision-teacher',
    suite: 'library',
    title: 'Teachers are provisioned on demand',
    requirement: 'A teacher whom the app has never seen gets an account and sees their own classes at the first login.',
    source: `${GUIDE}, ${OLDER}`,
    advice: CLASSROOM,
    by: 'probe',
  },
  {
    id: 'library.provision-student',
    suite: 'library',
    title: 'Students are provisioned on demand',
    requirement:
      'The students of a teacher who has logged in are in the teacher’s classes, and can log in from the portal.',
    source: `${GUIDE}, ${OLDER}`,
    advice: `${CLASSROOM} Key students on Clever’s id, so that the first login finds what the teacher brought.`,
    by: 'probe',
  },
  {
    id: 'library.no-sections',
    suite: 'library',
    title: 'A teacher without sections',
    requirement: 'A teacher who has no sections yet is logged in, and sees no error.',
    source: `${GUIDE}, ${OLDER}`,
    advice: '`classroom()` answers with empty lists. Show a page that says where classes come from.',
    by: 'probe',
  },
  {
    id: 'library.several-teachers',
    suite: 'library',
    title: 'A student of several teachers',
    requirement: 'A student whose second teacher adds the app keeps the account.',
    source: `${GUIDE}, ${OLDER}`,
    advice: 'Insert or update students by Clever’s id, whichever teacher brings them.',
    by: 'probe',
  },
  {
    id: 'library.student-first',
    suite: 'library',
    title: 'A student before the teacher',
    requirement: 'A student who comes before the teacher has logged in is let in, or sees a friendly page.',
    source: `inferred from ${ROSTERING} and from quill’s README`,
    advice:
      'Make the account from `identity` alone; a student’s token reaches no sections. Say that classes appear when the teacher logs in.',
    by: 'probe',
  },
  {
    id: 'library.merge',
    suite: 'library',
    title: 'Existing accounts',
    requirement: 'A teacher who has an account may connect it at the first login.',
    source: OLDER,
    advice:
      'Ask at the first login, let the teacher prove who they are by the old way in, and keep Clever’s id with the account. Never merge by an e-mail address alone.',
    by: 'person',
    question:
      'Can a teacher who already has an account connect it at the first login from the Library, and is the right one connected?',
  },
  {
    id: 'library.refresh',
    suite: 'library',
    title: 'Classes are refreshed',
    requirement:
      'The app reads a teacher’s classes again at every login, or offers the teacher a button for it: sections and students that are new are known then.',
    source: `${GUIDE}, ${ROSTERING}`,
    advice: `${CLASSROOM} Do so at every login: the token is not kept, and no other one reads a Library roster.`,
    by: 'probe',
  },
  {
    id: 'library.heavy-teacher',
    suite: 'library',
    title: 'A teacher with many classes',
    requirement:
      'A teacher with a dozen sections and more than a hundred students is logged in, with all of them. Recommended.',
    source: GUIDE,
    advice:
      '`classroom()` reads sections side by side. Where storing them takes long, answer first and store after that.',
    by: 'probe',
  },
  {
    id: 'library.co-teachers',
    suite: 'library',
    title: 'What Clever recommends',
    requirement:
      'Clever recommends: co-teachers share a section, teachers choose the classes to use and can refresh them, and both buttons exist, “Log in” and “Sign up with Clever”.',
    source: GUIDE,
    advice: '`section.teachers` lists all teachers, `section.teacher` the first one.',
    by: 'person',
    question:
      'Do co-teachers share a section, can a teacher choose and refresh the classes, and does the app show both of Clever’s buttons?',
  },
  {
    id: 'library.sparse',
    suite: 'library',
    title: 'What the Library does not give',
    requirement:
      'A login works without a district, a school, a term, a subject, an e-mail address or a last name: the Library gives few fields.',
    source: `${ROSTERING}, dev.clever.com/docs/library-sso`,
    advice:
      'The types of `clever.library()` have only what the Library gives. Students have the initial of their last name at most, and no e-mail address.',
    by: 'probe',
  },
  {
    id: 'library.district-wins',
    suite: 'library',
    title: 'From the Library to the district',
    requirement:
      'When the district of a teacher connects the app, the teacher keeps the account that came from the Library.',
    source: 'dev.clever.com/docs/clever-library-user-flow',
    advice: 'Key accounts on `identity.id`, which is the same for both connections, and keep `connection` as data.',
    by: 'probe',
  },
  {
    id: 'library.attestations',
    suite: 'library',
    title: 'Terms of the Library',
    requirement:
      'The app is free or has a free trial, its marketing material is delivered, and the data agreement is signed.',
    source: GUIDE,
    advice: 'These are papers. Have them ready with the form.',
    by: 'person',
    question:
      'Is the app free or free to try, is the marketing material delivered, and is the standard data agreement signed?',
  },
];
