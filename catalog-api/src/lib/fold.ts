// How words are compared everywhere in the catalogue: lower case, accents folded. Done here and not in Postgres, so
// that the schema needs no extension. Pure.

/** Letters that Unicode does not decompose into a base letter and a mark. */
const whole: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
}

/** `Crème Brûlée` → `creme brulee`: lower case, without marks, control characters or doubled blanks. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłħı]/g, (letter) => whole[letter] ?? letter)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
}

/** The words of a text, folded: only letters and digits, in their order. */
export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
