// The `index`th product of a made-up shop, with everything that hangs on it, as the rules of the shop want it: prices in
// order, ratings that are the sum of their reviews, stock that is the sum of its ledger. Pure: the same on every machine.
import { searchVector } from '../../catalog-api/src/search/words.ts'
import { type Chance, chanceOf, scaleId } from './chance.ts'
import {
  brandOf,
  capital,
  care,
  colours,
  countries,
  descriptionOf,
  materials,
  praise,
  reviewer,
  sizes,
  titleOf,
} from './words.ts'

/** What products hang on: the categories they can stand in, the places that keep stock. */
export type Ground = {
  seed: number
  categories: { id: string; thing: string; names: string[] }[]
  warehouses: string[]
  shops: string[]
  brands: number
  /** Keys of pictures that exist, or of none. */
  pictures: string[]
}

export type ScaleVariant = {
  id: string
  sku: string
  options: Record<string, string>
  priceMinor: number
  compareAtMinor: number | null
  stock: { storeId: string; onHand: number }[]
}
export type ScaleReview = { id: string; author: number; rating: number; approved: boolean; day: number }

export type ScaleProduct = {
  id: string
  categoryId: string
  slug: string
  title: string
  subtitle: string
  description: string
  brand: string
  status: 'published' | 'draft' | 'archived'
  featured: boolean
  /** Days before the fixed day on which it went on sale. */
  ageDays: number
  search: string
  options: { name: string; values: string[] }[]
  attributes: [name: string, value: string][]
  picture: string
  variants: ScaleVariant[]
  reviews: ScaleReview[]
}

/** Variants and reviews of a product stay below this: their numbers are made of the product's. */
export const mostParts = 16

export function scaleProduct(ground: Ground, index: number): ScaleProduct {
  const { seed } = ground
  const chance = chanceOf(seed, index)
  const category = chance.pick(ground.categories, 1.7)
  const material = chance.pick(materials, 1.3)
  const title = titleOf(chance, category.thing, material)
  const brand = brandOf(chance, ground.brands)
  const description = descriptionOf(chance, category.thing, material)
  const subtitle = `${capital(material)} from ${chance.pick(countries)}`
  const options = optionsOf(chance)
  const variants = variantsOf(ground, index, options, chance)
  const codes = variants.map(({ sku }) => sku)
  const attributes: ScaleProduct['attributes'] = [
    ['Material', capital(material)],
    ['Made in', subtitle.slice(subtitle.lastIndexOf(' ') + 1)],
    ['Care', chance.pick(care)],
  ]
  const values = [...options.flatMap((option) => option.values), ...attributes.map(([, value]) => value)]
  const luck = chance.next()
  return {
    id: scaleId('product', seed, index),
    categoryId: category.id,
    slug: `${title.toLowerCase().replaceAll(' ', '-')}-${seed}-${index}`,
    title,
    subtitle,
    description,
    brand,
    status: luck < 0.98 ? 'published' : luck < 0.99 ? 'draft' : 'archived',
    featured: chance.chance(0.005),
    ageDays: chance.next() * 1800 + 1,
    search: searchVector({ title, codes, subtitle, brand, categories: category.names, values, description }),
    options,
    attributes,
    picture: chance.pick(ground.pictures),
    variants,
    reviews: reviewsOf(seed, index, chance),
  }
}

function optionsOf(chance: Chance): ScaleProduct['options'] {
  const luck = chance.next()
  if (luck < 0.3) return []
  const first = chance.int(0, colours.length - 1)
  const some = (count: number) =>
    Array.from({ length: count }, (_, at) => colours[(first + at * 5) % colours.length] ?? '')
  if (luck < 0.7) return [{ name: 'Colour', values: some(chance.int(2, 4)) }]
  return [
    { name: 'Colour', values: some(chance.int(1, 2)) },
    { name: 'Size', values: sizes.slice(0, chance.int(2, 3)) },
  ]
}

function variantsOf(ground: Ground, index: number, options: ScaleProduct['options'], chance: Chance): ScaleVariant[] {
  let choices: Record<string, string>[] = [{}]
  for (const { name, values } of options)
    choices = choices.flatMap((head) => values.map((value) => ({ ...head, [name]: value })))
  const base = Math.floor(400 + 40_000 * chance.next() ** 3)
  const former = chance.chance(0.15) ? 1.25 : 0
  const isSoldOut = chance.chance(0.04)
  return choices.map((chosen, at) => {
    const priceMinor = base + (chosen.Size === 'L' ? 300 : 0)
    return {
      id: scaleId('variant', ground.seed, index * mostParts + at),
      sku: `S${ground.seed}-${String(index).padStart(7, '0')}-${at + 1}`,
      options: chosen,
      priceMinor,
      compareAtMinor: former ? Math.ceil(priceMinor * former) : null,
      stock: stockOf(ground, isSoldOut, chance),
    }
  })
}

function stockOf({ warehouses, shops }: Ground, isSoldOut: boolean, chance: Chance): ScaleVariant['stock'] {
  const levels = warehouses.flatMap((storeId, at) => {
    if (at > 0 && !chance.chance(0.4)) return []
    return [{ storeId, onHand: isSoldOut || chance.chance(0.05) ? 0 : chance.int(1, 80) }]
  })
  if (shops.length > 0 && chance.chance(0.6)) {
    const at = chance.int(0, shops.length - 1)
    for (let more = 0; more <= Math.min(chance.int(0, 1), shops.length - 1); more++)
      levels.push({ storeId: shops[(at + more) % shops.length] ?? '', onHand: chance.int(0, 9) })
  }
  return levels
}

/** Four in ten have none; few have a dozen. */
function reviewsOf(seed: number, index: number, chance: Chance): ScaleReview[] {
  const count = Math.max(0, Math.floor(13 * chance.next() ** 3 - 0.3))
  const mood = chance.next()
  const first = chance.int(0, 5000)
  return Array.from({ length: count }, (_, at) => ({
    id: scaleId('review', seed, index * mostParts + at),
    author: first + at * 37,
    rating: Math.max(1, Math.min(5, Math.round(2.6 + 2.2 * mood + 1.6 * (chance.next() - 0.5)))),
    approved: chance.chance(0.9),
    day: chance.next(),
  }))
}

export const reviewText = (review: ScaleReview): { name: string; title: string; body: string } => {
  const said = praise[(review.author + review.rating) % praise.length] ?? ''
  return {
    name: reviewer(review.author % 200),
    title: said.slice(0, 40),
    body: `${said} I would ${review.rating > 3 ? '' : 'not '}buy it again.`,
  }
}
