/** A package in package-lock.json, as far as the rules read it. */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: true;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** package-lock.json: packages by their folders; the project itself is `''`. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/**
 * Returns what is wrong with a lockfile, each as a sentence.
 *
 * Each package has a checksum, because without one `npm ci` installs whatever a registry sends. None names a registry,
 * because developers and CI use different ones. The builds for other platforms are listed, or `npm ci` fails there.
 */
export function lockfileProblems({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { link, integrity, resolved, optionalDependencies = {} }]) => {
    const absent = Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages),
    );
    return [
      ...(path === '' || link === true || /^sha512-[\w+/]{86}==$/u.test(integrity ?? '')
        ? []
        : [`${path} has no sha512 integrity.`]),
      ...(resolved === undefined || link === true ? [] : [`${path} names a registry.`]),
      ...absent.map((name) => `${name}, a build that ${path} lists, is absent.`),
    ];
  });
}
