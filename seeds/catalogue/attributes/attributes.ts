// The attributes of each product: its own, and where its brand makes it. Pure.
import type { ProductRecord } from '../record.ts'
import { house } from './house.ts'
import { leisure } from './leisure.ts'
import { madeIn } from './made-in.ts'
import { outside } from './outside.ts'

export type Attribute = { name: string; value: string }

const own: Record<string, string> = { ...house, ...outside, ...leisure }
const growing = new Set(['plants', 'garden', 'pantry', 'bakery-cheese', 'sweets'])

/** In the order they are shown; several values of a name follow one another. */
export function attributesOf({ slug, brand, category }: ProductRecord): Attribute[] {
  const written = (own[slug] ?? '').split('|').flatMap((part) => {
    const at = part.indexOf(':')
    return at < 0 ? [] : { name: part.slice(0, at).trim(), value: part.slice(at + 1).trim() }
  })
  if (written.some(({ name }) => name === 'Made in' || name === 'Origin')) return written
  const place = madeIn[brand]
  return place ? [...written, { name: growing.has(category) ? 'Origin' : 'Made in', value: place }] : written
}
