import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { colours } from '../pictures/colours.ts'
import { objectFile } from '../pictures/scene.ts'
import { checkDigit, codePointsOf, picturesOf, planCatalogue } from './plan.ts'
import { productRecords } from './products.ts'

const { categories, products } = planCatalogue({ small: false })
const variants = products.flatMap((product) => product.variants)
const doubles = (names: string[]) => names.filter((name, place) => names.indexOf(name) !== place)

test('there is enough to look around in', () => {
  expect(products.length).toBeGreaterThanOrEqual(160)
  expect(variants.length).toBeGreaterThanOrEqual(480)
  expect(categories.length).toBeGreaterThanOrEqual(16)
  expect(products.filter(({ record }) => record.featured).length).toBeGreaterThanOrEqual(12)
  expect(products.filter(({ record }) => record.status === 'draft')).toHaveLength(4)
  expect(products.filter(({ record }) => record.status === 'archived')).toHaveLength(3)
})

test('every lowest category has at least four things for sale, and every product stands in one', () => {
  const parents = new Set(categories.map(({ parent }) => parent))
  const lowest = categories.filter(({ record }) => !parents.has(record.slug)).map(({ record }) => record.slug)
  const sold = products.filter(({ record }) => !record.status)
  const thin = lowest.filter((slug) => sold.filter(({ record }) => record.category === slug).length < 4)
  expect(thin).toEqual([])
  expect(products.filter(({ record }) => !lowest.includes(record.category))).toEqual([])
})

test('no address, article number or picture is given twice', () => {
  expect(doubles(products.map(({ record }) => record.slug))).toEqual([])
  expect(doubles(products.map(({ record }) => record.title))).toEqual([])
  expect(doubles(categories.map(({ record }) => record.slug))).toEqual([])
  expect(doubles(variants.map(({ sku }) => sku))).toEqual([])
  expect(doubles(variants.map(({ barcode }) => barcode))).toEqual([])
  expect(doubles(products.flatMap(({ images }) => images.map(({ key }) => key)))).toEqual([])
})

test('article numbers and barcodes are ones a till accepts', () => {
  expect(checkDigit('400638133393')).toBe(1)
  for (const { sku, barcode } of variants) {
    expect(sku).toMatch(/^[A-Z0-9]+([._-][A-Z0-9]+)*$/)
    expect(sku.length).toBeLessThanOrEqual(64)
    expect(barcode).toMatch(/^20\d{11}$/)
    expect(barcode.at(-1)).toBe(String(checkDigit(barcode.slice(0, 12))))
  }
})

test('every variant costs and weighs something, and a struck price was higher', () => {
  for (const { sku, priceMinor, compareAtMinor, grams } of variants) {
    expect(priceMinor, sku).toBeGreaterThan(0)
    expect(grams, sku).toBeGreaterThan(0)
    if (compareAtMinor !== null) expect(compareAtMinor, sku).toBeGreaterThan(priceMinor)
  }
})

test('every product says what it is made of or how to keep it, in words a filter can use', () => {
  for (const { record, attributes, options } of products) {
    const chosen = options.map(({ name }) => name)
    expect(attributes.filter(({ name }) => chosen.includes(name))).toEqual([])
    expect(attributes.length, record.slug).toBeGreaterThanOrEqual(2)
    expect(doubles(attributes.map(({ name, value }) => `${name}:${value}`))).toEqual([])
    for (const { name, value } of attributes) {
      expect(name).toMatch(/^[^:]{1,40}$/)
      expect(value).toMatch(/^.{1,60}$/)
    }
  }
})

test('what goes well with a product is for sale, and no combination is left out that is not there', () => {
  const sold = new Set(products.filter(({ record }) => !record.status).map(({ record }) => record.slug))
  for (const { record, variants, options } of products) {
    expect((record.related ?? []).filter((slug) => !sold.has(slug) || slug === record.slug)).toEqual([])
    const all = options.reduce((count, { values }) => count * values.length, 1)
    expect(variants.length, record.slug).toBe(all - (record.without?.length ?? 0))
  }
  expect(products.some(({ record }) => record.without)).toBe(true)
})

test('every object of a picture exists, and every colour can be drawn', () => {
  expect(
    productRecords.filter(({ emoji }) => !existsSync(objectFile(codePointsOf(emoji)))).map(({ slug }) => slug),
  ).toEqual([])
  const wishes = [...picturesOf({ categories, products }).values()]
  expect(wishes.flatMap(({ colour }) => (colour && !colours[colour] ? [colour] : []))).toEqual([])
})

test('every product with a colour to choose shows each of them', () => {
  const missing = products.flatMap(({ record, options, images }) => {
    const colour = options.find(({ name }) => name === 'Colour')
    if (!colour || record.tint === false) return []
    return colour.values.filter((value) => !images.some(({ optionValue }) => optionValue === value))
  })
  expect(missing).toEqual([])
})

test('each description is its own, in two paragraphs', () => {
  const texts = productRecords.map(({ description }) => description)
  expect(doubles(texts)).toEqual([])
  expect(doubles(texts.flatMap((text) => text.split('\n\n')))).toEqual([])
  expect(texts.filter((text) => text.length < 80 || text.split('\n\n').length !== 2)).toEqual([])
})

test('books and food are taxed at the reduced rate', () => {
  const standard = products.filter(({ record }) => record.category === 'books' && record.tax !== 'reduced')
  expect(standard.map(({ record }) => record.slug)).toEqual([])
  expect(products.find(({ record }) => record.slug === 'traditional-brut')?.record.tax).toBeUndefined()
})

test('the plan is the same whoever makes it', () => {
  expect(planCatalogue({ small: false })).toEqual({ categories, products })
})
