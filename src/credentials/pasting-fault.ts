/**
 * What copying and pasting did to a value, in words that follow its name; the value itself is never quoted.
 * @returns `undefined` where nothing is wrong that can be seen without a request.
 */
export function pastingFault(name: string, value: string): string | undefined {
  if (/^[\s"'`]|[\s"'`]$/.test(value)) return `has ${edge(value)} at its beginning or end`;
  if (/[\r\n]/.test(value)) return 'has a line break in it';
  if (/\s/.test(value)) return 'has a space in it';
  if (/["'`\u00ab\u00bb\u2018-\u201f]/.test(value)) return 'has a quotation mark in it';
  if (!/^[\x21-\x7e]+$/.test(value))
    return 'has a character in it that no credential has, perhaps an invisible one';
  if (value.startsWith(`${name}=`)) return `begins with "${name}=", so it was pasted together with its name`;
  if (/^<.*>$/.test(value)) return 'is still a placeholder in angle brackets';
  return undefined;
}

function edge(value: string): string {
  if (!/^\s|\s$/.test(value)) return 'a quotation mark';
  return /[\r\n]/.test(value) ? 'a line break' : 'a space';
}
