import { describe, expect, test } from 'vitest'
import { isDomainError } from '#app/lib/errors.ts'
import { productInputOf } from './product-input.ts'

const mug = {
  title: ' Everyday mug ',
  categoryId: '0190a0a0-0000-7000-8000-000000000001',
  status: 'published',
  option0: 'Colour',
  'v0.sku': 'mug-sage',
  'v0.o0': 'Sage',
  'v0.price': '14,50',
  'v1.sku': 'MUG-INK',
  'v1.o0': 'Ink',
  'v1.price': '14.50',
  'v1.compareAt': '18',
  'v1.weight': '320',
}

function refusal(values: Record<string, string>): Record<string, string[]> {
  try {
    productInputOf(values, 'EUR')
  } catch (error) {
    if (isDomainError(error, 'validation_failed')) return error.extra.fields ?? {}
  }
  throw new Error('it was taken')
}

describe('the product form', () => {
  test('becomes a product with its options and variants, prices in minor units', () => {
    const product = productInputOf(mug, 'EUR')
    expect(product.title).toBe('Everyday mug')
    expect(product.options).toEqual([{ name: 'Colour', values: ['Sage', 'Ink'] }])
    expect(product.variants[0]).toEqual({
      sku: 'MUG-SAGE',
      optionValues: { Colour: 'Sage' },
      priceMinor: 1450,
      weightGrams: 0,
    })
    expect(product.variants[1]).toMatchObject({ priceMinor: 1450, compareAtMinor: 1800, weightGrams: 320 })
  })

  test('takes attributes and companions a line each; a form that does not ask for them leaves them as they are', () => {
    const attributes = ' Material:  Stoneware \r\n\nCare: Dishwasher: top shelf\n'
    const related = 'teapot\r\n mug-ink \nhttps://shop.example/p/oak-chair?sku=OAK-1'
    const product = productInputOf({ ...mug, attributes, related }, 'EUR')
    expect(product.attributes).toEqual([
      { name: 'Material', value: 'Stoneware' },
      { name: 'Care', value: 'Dishwasher: top shelf' },
    ])
    expect(product.related).toEqual(['teapot', 'mug-ink', 'oak-chair'])
    expect(productInputOf({ ...mug, attributes: '', related: ' \n' }, 'EUR')).toMatchObject({
      attributes: [],
      related: [],
    })
    expect(productInputOf(mug, 'EUR')).not.toHaveProperty('attributes')
    expect(productInputOf(mug, 'EUR')).not.toHaveProperty('related')
  })

  test('leaves out rows that are empty or marked for removal', () => {
    const product = productInputOf({ ...mug, 'v1.remove': 'on', 'v2.sku': ' ', 'v2.price': '1' }, 'EUR')
    expect(product.variants.map((variant) => variant.sku)).toEqual(['MUG-SAGE'])
  })

  test.each([
    ['a product without a name', { title: '  ' }, 'title'],
    ['a slug with a blank', { slug: 'a b' }, 'slug'],
    ['a category that is none', { categoryId: '1; drop table' }, 'categoryId'],
    ['a price that is none', { 'v0.price': 'free' }, 'v0.price'],
    ['a negative price', { 'v0.price': '-1' }, 'v0.price'],
    ['a third decimal of a euro', { 'v0.price': '1.999' }, 'v0.price'],
    ['an old price below the price', { 'v1.compareAt': '3' }, 'v1.compareAt'],
    ['a variant without its option', { 'v0.o0': '' }, 'v0.o0'],
    ['a SKU with a quote', { 'v0.sku': "MUG'S" }, 'v0.sku'],
    ['a status nobody knows', { status: 'deleted' }, 'status'],
    ['an attribute without a value', { attributes: 'Material:' }, 'attributes'],
    ['an attribute that is one word', { attributes: 'Stoneware' }, 'attributes'],
    ['an attribute twice', { attributes: 'A: b\nA:  b' }, 'attributes'],
    ['a long attribute', { attributes: `A: ${'x'.repeat(61)}` }, 'attributes'],
    ['thirty-one attributes', { attributes: Array.from({ length: 31 }, (_, n) => `A: ${n}`).join('\n') }, 'attributes'],
    ['nine companions', { related: 'a\nb\nc\nd\ne\nf\ng\nh\ni' }, 'related'],
    ['a companion longer than any name', { related: 'x'.repeat(200) }, 'related'],
  ])('refuses %s beside its field', (_what, change, field) => {
    expect(Object.keys(refusal({ ...mug, ...change }))).toContain(field)
  })

  test('refuses a product without any variant', () => {
    expect(refusal({ ...mug, 'v0.sku': '', 'v1.sku': '' })).toHaveProperty(['v0.sku'])
  })
})
