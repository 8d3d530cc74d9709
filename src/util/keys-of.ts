/**
 * The names of an interface's members as a list that the compiler compares with the interface: a forgotten
 * name and a surplus one are compile errors. `keysOf<PageOptions>()({ pageSize: true, prefetch: true })`.
 */
export function keysOf<Options extends object>(): (
  names: Readonly<Record<keyof Options, true>>,
) => readonly (keyof Options & string)[] {
  return (names) => Object.keys(names) as (keyof Options & string)[];
}
