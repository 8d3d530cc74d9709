import { mkdir, writeFile } from 'node:fs/promises';
import type { World } from './world.ts';

/** A small upload for Clever. The people are invented. */
const UPLOAD = {
  'schools.csv': `School_id,School_name,School_number,Low_grade,High_grade
A,Cedar School,7,KG,05
`,
  'students.csv': `School_id,Student_id,First_name,Last_name,Grade,DOB
A,1,Ada,Quill,3,03/07/2016
A,2,Ben,Quill,Kindergarten,12/31/2019
`,
  'teachers.csv': `School_id,Teacher_id,First_name,Last_name,Teacher_email
A,T1,Uma,Vale,vale@example.org
`,
  'sections.csv': `School_id,Section_id,Teacher_id,Name,Grade,Course_name,Subject
A,X,T1,Reading 3,3,Reading,English/language arts
`,
  'enrollments.csv': `School_id,Section_id,Student_id
A,X,1
`,
};

/** A row that Clever does not take, at the end of a file of the upload. */
const MISTAKES: Readonly<Record<string, string>> = { 'students.csv': 'A,3,Cleo,Reyes,14,05/20/2015\n' };

/** Files that snippets read, by the name of the file or folder; after a colon, which of several. */
const makers: Readonly<Record<string, (world: World, path: string) => Promise<unknown>>> = {
  upload: (_world, path) => writeUpload(path, {}),
  'upload:mistakes': (_world, path) => writeUpload(path, MISTAKES),
  'OneRoster.zip': async (world, path) => {
    const { exportOneRoster } = await import('clever-sdk/oneroster');
    await exportOneRoster(await world.district(), { version: '1.2', out: path });
  },
  recording: recordDistrict,
  recordings: recordDistrict,
};

async function writeUpload(path: string, more: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(path);
  await Promise.all(
    Object.entries(UPLOAD).map(([name, text]) => writeFile(`${path}/${name}`, text + (more[name] ?? ''))),
  );
}

async function recordDistrict(world: World, path: string): Promise<void> {
  const { record } = await import('clever-sdk/recording');
  await record(await world.district(), { out: path, requests: 30 });
}

/** Makes files in the current folder. */
export async function makeFiles(world: World, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const make = makers[name];
    if (make === undefined) {
      throw new Error(`Nothing makes the file \`${name}\` for a snippet: add it to scripts/snippets/files.ts.`);
    }
    const [path = name] = name.split(':');
    await make(world, path);
  }
}
