import { itemsOf } from '../cells.js';
import type { FileMode } from '../manifest.js';
import type { OneRosterVersion } from '../tables.js';
import type { Known } from './known.js';
import type { OneRosterProblem, ReportProblem } from './problem.js';
import { type CheckedRow, isBefore } from './row.js';

/** What a rule looks at beside the row. */
interface Context {
  readonly mode: FileMode;
  readonly version: OneRosterVersion;
  readonly known: Known;
}

type Finding = Pick<OneRosterProblem, 'severity' | 'rule' | 'column' | 'message'>;

/** Reports the rules that a row breaks and that concern more than one cell of it. */
export function reportRules(row: CheckedRow, context: Context, report: ReportProblem): void {
  for (const finding of RULES[row.file]?.(row, context) ?? []) {
    report({ ...finding, file: `${row.file}.csv`, line: row.line });
  }
}

const RULES: Readonly<Record<string, (row: CheckedRow, context: Context) => Finding[]>> = {
  academicSessions: sessionRules,
  courses: (row, context) => [...pairedSubjects(row), ...courseRules(row, context)],
  classes: (row, context) => [...pairedSubjects(row), ...classRules(row, context)],
  users: userRules,
  roles: roleRules,
  enrollments: enrollmentRules,
};

function sessionRules({ cells }: CheckedRow, { known }: Context): Finding[] {
  const [type, start, end] = [cells['type'], cells['startDate'], cells['endDate']];
  const findings: Finding[] = [];
  if (isBefore(end, start)) {
    findings.push({ severity: 'error', rule: 'date-order', column: 'endDate', message: 'is before startDate.' });
  }
  if (type === 'schoolYear' && end !== undefined && cells['schoolYear'] !== undefined) {
    if (cells['schoolYear'] !== end.slice(0, 4)) {
      const message = 'is another year than the one in which the school year ends.';
      findings.push({ severity: 'warning', rule: 'school-year', column: 'schoolYear', message });
    }
  }
  if (type === 'term' && isBefore(end, known.today)) {
    const message = 'is in the past; a roster usually has the terms that contain today.';
    findings.push({ severity: 'warning', rule: 'past-term', column: 'endDate', message });
  }
  return findings;
}

function pairedSubjects({ cells }: CheckedRow): Finding[] {
  const [subjects, codes] = [itemsOf(cells['subjects'] ?? ''), itemsOf(cells['subjectCodes'] ?? '')];
  const message = 'has another number of entries than subjects; the two lists belong together, entry by entry.';
  return subjects.length === codes.length
    ? []
    : [{ severity: 'error', rule: 'paired-subjects', column: 'subjectCodes', message }];
}

function courseRules({ cells }: CheckedRow, { known }: Context): Finding[] {
  const message = 'names a session that is no school year.';
  return known.isNoSchoolYear(cells['schoolYearSourcedId'] ?? '')
    ? [{ severity: 'error', rule: 'school-year', column: 'schoolYearSourcedId', message }]
    : [];
}

function schoolRule({ cells }: CheckedRow, { known }: Context): Finding[] {
  const message = 'names an org that is no school.';
  return known.isOtherOrg(cells['schoolSourcedId'] ?? '')
    ? [{ severity: 'error', rule: 'school', column: 'schoolSourcedId', message }]
    : [];
}

function classRules(row: CheckedRow, context: Context): Finding[] {
  const findings = schoolRule(row, context);
  const reason = context.known.dropReason(row.cells);
  if (reason !== undefined) {
    context.known.dropped.classes += 1;
    findings.push({
      severity: 'clever',
      rule: reason === 'future' ? 'future-term' : 'no-term',
      column: 'termSourcedIds',
      message:
        reason === 'future'
          ? "names a term that has not begun; Clever's importer leaves out the class and its enrollments."
          : "names no session of the type term; Clever's importer makes no section of the class.",
    });
  }
  return findings;
}

function userRules({ cells }: CheckedRow, { mode, version, known }: Context): Finding[] {
  const [id, primary] = [cells['sourcedId'], cells['primaryOrgSourcedId']];
  if (version !== '1.2' || mode !== 'bulk' || id === undefined || !known.isBulk('roles')) {
    return [];
  }
  if (primary !== undefined && !known.hasRole(id, primary)) {
    const message = 'names an org at which roles.csv has no role of the person.';
    return [{ severity: 'error', rule: 'primary-org', column: 'primaryOrgSourcedId', message }];
  }
  const message = 'has no row in roles.csv, so that it is not known who the person is.';
  return known.hasRole(id) ? [] : [{ severity: 'warning', rule: 'no-role', column: 'sourcedId', message }];
}

function roleRules({ cells }: CheckedRow, { known }: Context): Finding[] {
  const isSecond =
    cells['roleType'] === 'primary' &&
    cells['status'] !== 'tobedeleted' &&
    !known.isFirst('primary-role', cells['userSourcedId'] ?? '', cells['orgSourcedId'] ?? '');
  const message = 'is a second primary role of the person at the same org; one of them is the primary one.';
  return isSecond ? [{ severity: 'error', rule: 'primary-role', column: 'roleType', message }] : [];
}

function enrollmentRules(row: CheckedRow, context: Context): Finding[] {
  const { cells } = row;
  const findings = schoolRule(row, context);
  const classId = cells['classSourcedId'] ?? '';
  context.known.dropped.enrollments += context.known.isDropped(classId) ? 1 : 0;
  const isPrimary = cells['primary'] === 'true' && cells['role'] === 'teacher' && cells['status'] !== 'tobedeleted';
  if (isPrimary && !context.known.isFirst('primary-teacher', classId)) {
    const message = 'is a second primary teacher of the class.';
    findings.push({ severity: 'error', rule: 'primary-teacher', column: 'primary', message });
  }
  if (isBefore(cells['endDate'], cells['beginDate'])) {
    findings.push({ severity: 'error', rule: 'date-order', column: 'endDate', message: 'is before beginDate.' });
  }
  return findings;
}
