/**
 * What is bundled in place of the package `boolbase`, on which the selectors of cheerio depend: it has no licence text,
 * so that it cannot be published, and it consists of these two functions.
 */
export const trueFunc = (): boolean => true;
export const falseFunc = (): boolean => false;

export default { trueFunc, falseFunc };
