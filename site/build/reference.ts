/** The reference: TypeDoc reads the exports of every entry point, and `../reference.ts` says what is on which page. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  Application,
  DeclarationReflection,
  type ProjectReflection,
  ReferenceReflection,
  type Reflection,
  ReflectionGroup,
  ReflectionKind,
  SignatureReflection,
  TSConfigReader,
  TypeDocReader,
} from 'typedoc';
import { TASKS, TOPICS, type Topic } from '../reference.ts';
import type { SitePage } from './page.ts';
import { ROOT } from './project.ts';
import { defaultName, importBlock, inReadingOrder, tidy, topicOf } from './topics.ts';

interface Exported {
  readonly name: string;
  readonly file: string;
  readonly isType: boolean;
  readonly entry: string;
  readonly declaration: DeclarationReflection;
}

/** TypeDoc with the project's own options, and the output of the site. */
function typedoc(): Promise<Application> {
  return Application.bootstrapWithPlugins(
    {
      options: `${ROOT}/typedoc.json`,
      plugin: [fileURLToPath(import.meta.resolve('typedoc-plugin-markdown'))],
      readme: 'none',
      projectDocuments: [],
      // Topics are found by the file of an export. No page shows it.
      disableSources: false,
      disableGit: true,
      sourceLinkTemplate: '{path}',
      gitRevision: 'main',
      excludeExternals: true,
      // `npm run docs` refuses what is undocumented; to repeat that here would only take time.
      validation: false,
      logLevel: 'Error',
      ...MARKDOWN_OPTIONS,
    } as Parameters<typeof Application.bootstrapWithPlugins>[0],
    [new TypeDocReader(), new TSConfigReader()],
  );
}

const MARKDOWN_OPTIONS = {
  router: 'module',
  entryFileName: 'index',
  useCustomAnchors: true,
  customAnchorsFormat: 'curlyBrace',
  hidePageHeader: true,
  hidePageTitle: true,
  hideBreadcrumbs: true,
  hideGroupHeadings: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: { hideSources: true, hideInherited: true, hideOverrides: true, leftAlignHeaders: true },
} as const;

/** Reads the exports, and returns the pages of the reference in the order of the menu. */
export async function referencePages(): Promise<SitePage[]> {
  const app = await typedoc();
  const project = await app.convert();
  if (project === undefined) {
    throw new Error('TypeDoc could not read the sources; `npm run docs` says why');
  }
  return renderPages(app, project);
}

/** Puts the exports of a project on pages by topic. */
async function renderPages(app: Application, project: ProjectReflection): Promise<SitePage[]> {
  const exportsByTopic = groupByTopic(exportsOf(project));
  regroup(project, exportsByTopic);
  shorten(project);
  app.options.setValue('disableSources', true);
  const folder = mkdtempSync(`${tmpdir()}/clever-sdk-reference-`);
  try {
    await app.outputs.writeOutput({ name: 'markdown', path: folder }, project);
    const topics = TOPICS.map((topic) => {
      const body = readFileSync(`${folder}/${topic.name}.md`, 'utf8');
      return topicPage(topic, `${importBlock(exportsByTopic.get(topic) ?? [])}\n\n${tidy(body)}`);
    });
    return [indexPage(), ...topics];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every export once, with the entry point that readers are to import it from. */
function exportsOf(project: ProjectReflection): Exported[] {
  const entries = new Map<DeclarationReflection, string[]>();
  for (const module of project.children ?? []) {
    for (const child of module.children ?? []) {
      const declaration = child instanceof ReferenceReflection ? child.getTargetReflectionDeep() : child;
      if (declaration instanceof DeclarationReflection) {
        entries.set(declaration, [...(entries.get(declaration) ?? []), entryName(module.name)]);
      }
    }
  }
  return [...entries].map(([declaration, names]) => ({
    declaration,
    name: declaration.name,
    file: declaration.sources?.[0]?.fileName.replace(/^src\//u, '') ?? '',
    isType: declaration.kindOf([ReflectionKind.Interface, ReflectionKind.TypeAlias]),
    // The shortest has the fewest things to load: the root entry, if it has the export.
    entry: names.toSorted((a, b) => a.length - b.length)[0] ?? '',
  }));
}

function groupByTopic(exports: readonly Exported[]): Map<Topic, Exported[]> {
  const groups = Map.groupBy(exports, ({ file }) => topicOf(file, TOPICS));
  const homeless = groups.get(undefined) ?? [];
  if (homeless.length > 0) {
    const lines = homeless.map(({ name, file }) => `${name} (src/${file})`);
    throw new Error(`No page of site/reference.ts has these exports; add their file to one: ${lines.join(', ')}`);
  }
  const empty = TOPICS.filter((topic) => !groups.has(topic));
  if (empty.length > 0) {
    throw new Error(`site/reference.ts has pages without an export: ${empty.map(({ name }) => name).join(', ')}`);
  }
  return new Map(TOPICS.map((topic) => [topic, inReadingOrder(groups.get(topic) ?? [], topic.first)]));
}

/** Gives the project a module for each topic, in the place of one for each entry point. */
function regroup(project: ProjectReflection, exportsByTopic: ReadonlyMap<Topic, readonly Exported[]>): void {
  delete project.groups;
  delete project.children;
  delete project.childrenIncludingDocuments;
  for (const [topic, exports] of exportsByTopic) {
    const module = new DeclarationReflection(topic.name, ReflectionKind.Module, project);
    project.addChild(module);
    for (const { declaration, entry } of exports) {
      declaration.parent = module;
      if (declaration.name === 'default') {
        declaration.name = defaultName(entry);
      }
      module.addChild(declaration);
    }
    const group = new ReflectionGroup('Exports', module);
    group.children = exports.map(({ declaration }) => declaration);
    module.groups = [group];
  }
}

/**
 * Leaves out what a class repeats of its base class, a link away, and the constructors of errors, which apps do not
 * call.
 */
function shorten(project: ProjectReflection): void {
  for (const reflection of Object.values(project.reflections)) {
    if (reflection instanceof DeclarationReflection && reflection.kindOf(ReflectionKind.Class)) {
      const isError = reflection.name.endsWith('Error');
      const isShown = (member: Reflection): boolean =>
        member.kindOf(ReflectionKind.Property) ||
        (member.kindOf(ReflectionKind.Constructor) ? !isError : !isInherited(member));
      for (const group of reflection.groups ?? []) {
        group.children = group.children.filter(isShown);
      }
      reflection.groups = (reflection.groups ?? []).filter(({ children }) => children.length > 0);
      for (const member of [...(reflection.children ?? [])].filter((one) => !isShown(one))) {
        project.removeReflection(member);
      }
    }
  }
  for (const reflection of Object.values(project.reflections)) {
    if (reflection instanceof DeclarationReflection || reflection instanceof SignatureReflection) {
      delete reflection.inheritedFrom;
      delete reflection.overwrites;
      delete reflection.implementationOf;
    }
  }
}

function isInherited(member: Reflection): boolean {
  return member instanceof DeclarationReflection && member.inheritedFrom !== undefined;
}

function entryName(module: string): string {
  return module === 'index' ? 'clever-sdk' : `clever-sdk/${module.replace(/^frameworks\//u, '')}`;
}

function topicPage({ name, title = name, description }: Topic, body: string): SitePage {
  return {
    file: `reference/${name}.md`,
    address: `/reference/${name}`,
    title,
    description,
    group: 'Reference',
    // An export may have the same name, and so would the anchors.
    markdown: `# ${title} {#start-of-page}\n\n${description}\n\n${body}`,
  };
}

/** The first page of the reference: every page by task. */
function indexPage(): SitePage {
  const tasks = TASKS.map(({ title, topics }) => {
    const lines = topics.map((topic) => `- [${topic.title ?? topic.name}](${topic.name}.md): ${topic.description}`);
    return `## ${title}\n\n${lines.join('\n')}\n`;
  });
  const description = 'Every export of every entry point, by what you want to do.';
  return {
    file: 'reference/index.md',
    address: '/reference/',
    title: 'Reference',
    description,
    group: 'Reference',
    markdown: `# Reference\n\n${description} Made from the comments of the source.\n\n${tasks.join('\n')}`,
  };
}
