// The picture of a card that answers what was asked for: who looks for blue sees the blue one. Pure.
import { wordsOf } from '../lib/fold.ts'
import type { ProductImage } from '../media/product-image.ts'
import { singular } from '../search/words.ts'

/** What a list was asked for: chosen options as `Colour:Sage`, and its words as a tsquery. */
export type AskedFor = { options: readonly string[]; tsquery: string | null }

type Pictured = Pick<ProductImage, 'optionName' | 'optionValue'>

/** The first picture of an option value that was asked for, by choice before words; null when there is none. */
export function askedPicture<T extends Pictured>(images: readonly T[], { options, tsquery }: AskedFor): T | null {
  const chosen = images.find((image) => options.includes(choiceOf(image)))
  if (chosen || !tsquery) return chosen ?? null
  const words = new Set(Array.from(tsquery.matchAll(/'([^']+)'/g), ([, word]) => word))
  const isNamed = ({ optionValue }: Pictured) => {
    const named = wordsOf(optionValue ?? '')
    return named.length > 0 && named.every((word) => words.has(word) || words.has(singular(word)))
  }
  return images.find(isNamed) ?? null
}

/** `Colour:Sage`, as lists take it. */
export const choiceOf = ({ optionName, optionValue }: Pictured): string => `${optionName}:${optionValue}`
