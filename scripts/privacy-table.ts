import type { Sensitivity, SensitivityKind, SensitivityTable } from '../src/privacy/registry.ts';

/** The registry, as the SDK exports it. */
export interface Registry {
  readonly tables: Readonly<Record<SensitivityKind, SensitivityTable>>;
  readonly sensitiveFields: readonly string[];
}

const BEGIN = '<!-- generated from the registry: begin -->';
const END = '<!-- generated from the registry: end -->';

const CLASSES: readonly Sensitivity[] = ['pii', 'sensitive', 'secret'];

/** Returns the guide with new tables; everything outside the two markers stays the same. */
export function withTables(guide: string, registry: Registry): string {
  const [before, rest] = [guide.slice(0, guide.indexOf(BEGIN)), guide.slice(guide.indexOf(END) + END.length)];
  if (!guide.includes(BEGIN) || !guide.includes(END)) {
    throw new Error('docs/guides/privacy.md has no markers around its tables');
  }
  return `${before}${BEGIN}\n\n${tablesOf(registry)}\n\n${END}${rest}`;
}

function tablesOf({ tables, sensitiveFields }: Registry): string {
  const omitted = [
    '### Omitted unless requested by name',
    table(
      ['Field', 'Requested as'],
      sensitiveFields.map((field) => [`\`roles.student.${field}\``, `\`sensitiveFields: ['${field}']\``]),
    ),
  ];
  const same = Object.entries(tables).filter(([kind, fields]) => kind !== 'user' && fields === tables.user);
  const classed = CLASSES.flatMap((sensitivity) => [
    `### \`${sensitivity}\``,
    table(
      ['Record', 'Fields'],
      Object.entries(tables)
        .filter(([kind]) => !same.some(([other]) => other === kind))
        .map(([kind, fields]) => [
          [kind, ...(kind === 'user' ? same.map(([other]) => other) : [])].map((name) => `\`${name}\``).join(', '),
          Object.keys(fields)
            .filter((path) => fields[path] === sensitivity)
            .map((path) => `\`${path}\``)
            .join(', '),
        ])
        .filter(([, paths]) => paths !== ''),
    ),
  ]);
  return [...omitted, ...classed].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
