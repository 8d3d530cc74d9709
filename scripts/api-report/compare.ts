import ts from 'typescript';
import { compareTypes, membersChanged, type Site, signaturesChanged, typeParametersChanged } from './compare-types.ts';
import { type Finding, greatest, type Kind } from './findings.ts';
import { Api, type Declared, type Report, shapeOf } from './model.ts';
import { Positions } from './positions.ts';

/**
 * Compares the reports of two versions, declaration by declaration. It knows a compatible change only by its form: what
 * it does not recognize is major, and marked as doubtful.
 */
export function compareReports(before: Iterable<string>, after: Iterable<string>): readonly Finding[] {
  const [old, now] = [new Api(before), new Api(after)];
  const positions = new Positions(now);
  const gone = [...old.reports].filter(({ specifier }) => now.report(specifier) === undefined);
  const added = [...now.reports].filter(({ specifier }) => old.report(specifier) === undefined);
  const kept = [...old.reports].flatMap((report) => {
    const other = now.report(report.specifier);
    return other === undefined ? [] : comparePair(report, now, other, positions);
  });
  return [
    ...gone.map(({ specifier }) => certain('major', specifier, specifier, 'is gone')),
    ...kept,
    ...added.map(({ specifier }) => certain('minor', specifier, specifier, 'is new')),
  ];
}

/** The kind of changeset that differences need. `undefined` when nothing differs. */
export function neededKind(findings: readonly Finding[]): Kind | undefined {
  return greatest(findings.map(({ kind }) => kind));
}

function certain(kind: Kind, entry: string, name: string, what: string): Finding {
  return { kind, entry, name, what, isDoubtful: false };
}

function comparePair(before: Report, now: Api, after: Report, positions: Positions): readonly Finding[] {
  const findings: Finding[] = [];
  const entry = before.specifier;
  const add = (kind: Kind, name: string, what: string): void => void findings.push(certain(kind, entry, name, what));
  for (const [name, exported] of before.exports) {
    const still = after.exports.get(name);
    if (still === undefined) {
      add('major', name, 'is no longer exported');
    } else if (!exported.isTypeOnly && still.isTypeOnly) {
      add('major', name, 'is exported as a type only');
    } else if (exported.isTypeOnly && !still.isTypeOnly) {
      add('minor', name, 'is exported as a value, too');
    } else if (typeof exported.target === 'string' && exported.target !== still.target) {
      findings.push({ kind: 'major', entry, name, what: 'is the name of something else', isDoubtful: true });
    }
  }
  for (const name of after.exports.keys()) {
    if (!before.exports.has(name)) {
      add('minor', name, 'is new');
    }
  }
  for (const [name, declared] of before.declarations) {
    const found = now.find(after, name);
    const others = found?.report.declarations.get(found.name) ?? [];
    if (found === undefined || sameShapes(declared, others)) {
      continue; // what is gone and was not exported is missing in what named it
    }
    const directions = positions.of(found.report, found.name);
    const variances = (type: string) => positions.variances(after, type);
    const site: Site = { entry, name, directions, variances, add: (finding) => void findings.push(finding) };
    compareDeclared(site, declared, others);
  }
  if (findings.length === 0 && textOf(before) !== textOf(after)) {
    add('patch', entry, 'has other names of parameters, or what is unreachable changed');
  }
  return findings;
}

/** What a report says, without what only its layout adds. */
function textOf(report: Report): string {
  const [first = []] = report.declarations.values();
  const text = first[0]?.getSourceFile().text ?? '';
  return text.replaceAll(/[\s;,|()]/gu, '');
}

function sameShapes(a: readonly ts.Node[], b: readonly ts.Node[]): boolean {
  return a.map(shapeOf).join('\n') === b.map(shapeOf).join('\n');
}

function compareDeclared(site: Site, before: readonly Declared[], after: readonly Declared[]): void {
  for (const kind of new Set([...before, ...after].map((declared) => declared.kind))) {
    const [old, now] = [before, after].map((all) => all.filter((declared) => declared.kind === kind));
    const [a, b] = [old?.[0], now?.[0]];
    if (a === undefined || b === undefined) {
      site.add({
        kind: a === undefined ? 'minor' : 'major',
        entry: site.entry,
        name: site.name,
        what: `is ${a === undefined ? 'now also' : 'no longer'} ${wordOf(kind)}`,
        isDoubtful: a !== undefined,
      });
    } else if (ts.isFunctionDeclaration(a)) {
      signaturesChanged(
        { ...site, directions: new Set(['got']) },
        old as ts.FunctionDeclaration[],
        now as ts.FunctionDeclaration[],
      );
    } else {
      compareOne(site, a, b);
    }
  }
}

function compareOne(site: Site, a: Declared, b: Declared): void {
  if (ts.isVariableDeclaration(a) && ts.isVariableDeclaration(b)) {
    compareTypes({ ...site, directions: new Set(['got']) }, a.type, b.type);
    return;
  }
  if (ts.isVariableDeclaration(a) || ts.isVariableDeclaration(b)) {
    return;
  }
  typeParametersChanged(site, a.typeParameters, b.typeParameters);
  if (ts.isTypeAliasDeclaration(a) && ts.isTypeAliasDeclaration(b)) {
    compareTypes(site, a.type, b.type);
  } else if (ts.isInterfaceDeclaration(a) && ts.isInterfaceDeclaration(b)) {
    heritageChanged(site, a, b);
    membersChanged(site, a.members, b.members);
  } else if (ts.isClassDeclaration(a) && ts.isClassDeclaration(b)) {
    heritageChanged(site, a, b);
    // Apps cannot make an object that fits a class with something private.
    const isOwn = b.members.some(({ name }) => name !== undefined && ts.isPrivateIdentifier(name));
    membersChanged(isOwn ? { ...site, directions: new Set(['got']) } : site, a.members, b.members);
  }
}

function heritageChanged(
  site: Site,
  a: ts.InterfaceDeclaration | ts.ClassDeclaration,
  b: ts.InterfaceDeclaration | ts.ClassDeclaration,
): void {
  const [before, after] = [basesOf(a), basesOf(b)];
  const hasLost = before.some((base) => !after.includes(base));
  const hasMore = after.some((base) => !before.includes(base));
  if (hasLost || hasMore) {
    const kind = hasLost || site.directions.has('given') ? 'major' : 'minor';
    const what = `extends ${hasLost ? 'something else' : 'more'}`;
    site.add({ kind, entry: site.entry, name: site.name, what, isDoubtful: kind === 'major' });
  }
}

function basesOf({
  heritageClauses = [],
}: {
  readonly heritageClauses?: readonly ts.HeritageClause[];
}): readonly string[] {
  return heritageClauses.flatMap(({ types }) => types.map(shapeOf));
}

function wordOf(kind: ts.SyntaxKind): string {
  const words: Partial<Record<ts.SyntaxKind, string>> = {
    [ts.SyntaxKind.InterfaceDeclaration]: 'an interface',
    [ts.SyntaxKind.ClassDeclaration]: 'a class',
    [ts.SyntaxKind.TypeAliasDeclaration]: 'a type alias',
    [ts.SyntaxKind.FunctionDeclaration]: 'a function',
  };
  return words[kind] ?? 'a constant';
}
