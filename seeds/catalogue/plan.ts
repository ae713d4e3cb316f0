// Turns the records into what the database and the pictures' folder get. Pure: the same on every machine.
import { createHash } from 'node:crypto'
import type { PictureWish } from '../pictures/scene.ts'
import { randomOf } from '../random.ts'
import { type Attribute, attributesOf } from './attributes/attributes.ts'
import { categoryRecords } from './categories.ts'
import { productRecords } from './products.ts'
import type { CategoryRecord, ProductRecord } from './record.ts'

export type PlannedVariant = {
  sku: string
  barcode: string
  title: string
  optionValues: Record<string, string>
  priceMinor: number
  compareAtMinor: number | null
  grams: number
}

export type PlannedImage = {
  key: string
  alt: string
  optionName: string | null
  optionValue: string | null
  wish: PictureWish
}

export type PlannedProduct = {
  record: ProductRecord
  attributes: Attribute[]
  options: { name: string; values: string[] }[]
  variants: PlannedVariant[]
  images: PlannedImage[]
  /** Days before the seeding on which it went on sale. */
  ageDays: number
}

export type PlannedCategory = { record: CategoryRecord; parent: string | null; position: number; imageKey: string }
export type Catalogue = { categories: PlannedCategory[]; products: PlannedProduct[] }

/** Everything, or (`small`) the first product of each category. */
export function planCatalogue({ small }: { small: boolean }): Catalogue {
  const seen = new Map<string, number>()
  const isWanted = ({ category }: ProductRecord) => {
    const count = (seen.get(category) ?? 0) + 1
    seen.set(category, count)
    return !small || count <= 1
  }
  const products = productRecords.filter(isWanted).map(planProduct)
  const all = new Map(productRecords.map((record) => [record.slug, record]))
  const imageKeyOf = (slug: string) => {
    const record = all.get(slug)
    const key = record && imagesOf(record, optionsOf(record))[0]?.key
    if (!key) throw new Error(`no product ${slug} to picture a category with`)
    return key
  }
  return { categories: planCategories(categoryRecords, null, imageKeyOf), products }
}

/** Parents before their children. */
function planCategories(
  records: readonly CategoryRecord[],
  parent: string | null,
  imageKeyOf: (slug: string) => string,
): PlannedCategory[] {
  return records.flatMap((record, position) => [
    { record, parent, position, imageKey: imageKeyOf(record.picture) },
    ...planCategories(record.children ?? [], record.slug, imageKeyOf),
  ])
}

/** Every picture that the plan mentions, once. */
export function picturesOf({ categories, products }: Catalogue): Map<string, PictureWish> {
  const pictures = new Map(products.flatMap(({ images }) => images.map(({ key, wish }) => [key, wish] as const)))
  const wanted = new Set(categories.map(({ imageKey }) => imageKey))
  for (const record of productRecords)
    for (const { key, wish } of imagesOf(record, optionsOf(record))) if (wanted.has(key)) pictures.set(key, wish)
  return pictures
}

type Choice = { value: string; extra: number; grams: number }
type ParsedOption = { name: string; choices: Choice[] }

function optionsOf({ slug, options = {} }: ProductRecord): ParsedOption[] {
  return Object.entries(options).map(([name, text]) => ({
    name,
    choices: text.split('|').map((part) => {
      const [, value, extra = '0', grams = '0'] = /^\s*(.+?)(?:\s+([+-]\d+))?(?:\s+~(-?\d+))?\s*$/.exec(part) ?? []
      if (!value) throw new Error(`${slug}: an empty value of ${name}`)
      return { value, extra: Number(extra), grams: Number(grams) }
    }),
  }))
}

function planProduct(record: ProductRecord): PlannedProduct {
  const options = optionsOf(record)
  const random = randomOf(`age ${record.slug}`)
  return {
    record,
    attributes: attributesOf(record),
    options: options.map(({ name, choices }) => ({ name, values: choices.map(({ value }) => value) })),
    variants: variantsOf(record, options),
    images: imagesOf(record, options),
    // Two years, more of it lately.
    ageDays: 2 + Math.floor(random.next() ** 1.6 * 725),
  }
}

function variantsOf(record: ProductRecord, options: readonly ParsedOption[]): PlannedVariant[] {
  let combinations: (Choice & { name: string })[][] = [[]]
  for (const { name, choices } of options)
    combinations = combinations.flatMap((head) => choices.map((choice) => [...head, { name, ...choice }]))
  const isMade = (chosen: Choice[]) => !record.without?.includes(chosen.map(({ value }) => value).join(' / '))
  return combinations.filter(isMade).map((chosen) => {
    const sku = skuOf([record.slug, ...chosen.map(({ value }) => value)])
    const extra = chosen.reduce((sum, choice) => sum + choice.extra, 0)
    return {
      sku,
      barcode: barcodeOf(sku),
      title: chosen.map(({ value }) => value).join(' / ') || 'Standard',
      optionValues: Object.fromEntries(chosen.map(({ name, value }) => [name, value])),
      priceMinor: record.price + extra,
      compareAtMinor: record.compareAt === undefined ? null : record.compareAt + extra,
      grams: chosen.reduce((sum, choice) => sum + choice.grams, record.grams),
    }
  })
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/½/g, '5')

/** `EVERYDAY-MUG-SAGE`: what it is and which one, in the one form the database accepts. */
const skuOf = (parts: string[]): string =>
  plain(parts.join('-'))
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** EAN-13 with prefix 20: GS1 keeps it for use inside a shop, so it never collides with a real article. */
function barcodeOf(sku: string): string {
  const number = createHash('sha256').update(`barcode ${sku}`).digest().readUIntBE(0, 6) % 10_000_000_000
  const digits = `20${String(number).padStart(10, '0')}`
  return `${digits}${checkDigit(digits)}`
}

/** The last digit of an EAN-13 for its first twelve. */
export function checkDigit(twelve: string): number {
  const sum = [...twelve].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}

function imagesOf(record: ProductRecord, options: readonly ParsedOption[]): PlannedImage[] {
  const wish: PictureWish = {
    object: codePointsOf(record.emoji),
    groundTurn: randomOf(`ground ${record.slug}`).int(-40, 40),
    ...(record.arrangement && { arrangement: record.arrangement }),
    ...(record.tint && { part: record.tint }),
  }
  const colour = options.find(({ name }) => name === 'Colour')
  const painted = record.paint ? { ...wish, colour: record.paint } : wish
  if (!colour || record.tint === false)
    return [
      { key: record.slug, alt: altOf(record), optionName: null, optionValue: null, wish: painted },
      ...secondPicture(record, painted),
    ]
  const own = colour.choices.map(({ value }) => ({
    key: `${record.slug}-${plain(value)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')}`,
    alt: altOf(record, value),
    optionName: colour.name,
    optionValue: value,
    wish: { ...wish, colour: value },
  }))
  const [first, ...beside] = colour.choices.map(({ value }) => value)
  return [...own, ...secondPicture(record, { ...wish, colour: first, beside: beside.slice(0, 2) })]
}

/** Of what the home page shows, one more for all variants: three side by side, in three colours where there are. */
function secondPicture(record: ProductRecord, wish: PictureWish): PlannedImage[] {
  if (!record.featured || record.arrangement) return []
  const groundTurn = (wish.groundTurn ?? 0) + 50
  const alt = altOf({ ...record, arrangement: 'group' })
  const group = { ...wish, groundTurn, arrangement: 'group' as const }
  return [{ key: `${record.slug}-group`, alt, optionName: null, optionValue: null, wish: group }]
}

const altOf = ({ title, arrangement }: ProductRecord, colour?: string): string =>
  `${title}${colour ? ` in ${colour.toLowerCase()}` : ''}${arrangement === 'group' ? ', three side by side' : ''}`

/** An emoji's file name in Fluent Emoji 3D: its code points. */
export const codePointsOf = (emoji: string): string =>
  Array.from(emoji, (character) => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('-')
