// Choosing a variant by link, as a shopper meets it.
import { expect, it } from 'vitest'
import { type ChoiceVariant, choicesOf, chosenVariant, picturesOf, stockWords } from './variant-choice.ts'

const variant = (colour: string, size: string, stock: ChoiceVariant['stock'] = 'in_stock'): ChoiceVariant => ({
  sku: `MUG-${colour}-${size}`.toUpperCase(),
  title: `${colour}, ${size}`,
  optionValues: { Colour: colour, Size: size },
  stock,
})
const sageSmall = variant('Sage', 'S')
const variants = [sageSmall, variant('Sage', 'L', 'out'), variant('Sand', 'L'), variant('Sand', 'XL')]
const colours = { name: 'Colour', values: ['Sage', 'Sand', 'Never made'] }
const sizes = { name: 'Size', values: ['S', 'L', 'XL'] }

it('a value leads to the variant that keeps the other choices', () => {
  const [small, large] = choicesOf(sizes, variants, sageSmall)
  expect(small).toMatchObject({ sku: 'MUG-SAGE-S', selected: true, state: 'available' })
  expect(large).toMatchObject({ sku: 'MUG-SAGE-L', selected: false, state: 'out' })
})

it('an impossible combination is shown and leads to the nearest possible one', () => {
  const choices = choicesOf(sizes, variants, sageSmall)
  expect(choices[2]).toMatchObject({ value: 'XL', sku: 'MUG-SAND-XL', state: 'other', leadsTo: 'Sand, XL' })
  expect(choicesOf(colours, variants, sageSmall)[1]).toMatchObject({ value: 'Sand', state: 'other' })
})

it('a value of which nothing is made is not shown', () => {
  expect(choicesOf(colours, variants, sageSmall).map(({ value }) => value)).toEqual(['Sage', 'Sand'])
})

it('an address with an unknown variant shows the usual one', () => {
  expect(chosenVariant(variants, { sku: 'NOT-A-SKU' }, 'MUG-SAND-L')?.title).toBe('Sand, L')
  expect(chosenVariant(variants, { sku: 'MUG-SAND-XL' }, 'MUG-SAND-L')?.title).toBe('Sand, XL')
  expect(chosenVariant([], {}, '')).toBeUndefined()
})

it('a list that showed a colour leads to a variant of it, the usual one if it has that colour', () => {
  expect(chosenVariant(variants, { opt: 'Colour:Sand' }, 'MUG-SAGE-S')?.title).toBe('Sand, L')
  expect(chosenVariant(variants, { opt: 'Colour:Sand' }, 'MUG-SAND-XL')?.title).toBe('Sand, XL')
  expect(chosenVariant(variants, { opt: 'Colour:Never made' }, 'MUG-SAGE-S')?.title).toBe('Sage, S')
  expect(chosenVariant(variants, { sku: 'MUG-SAGE-L', opt: 'Colour:Sand' }, 'MUG-SAGE-S')?.title).toBe('Sage, L')
})

it('shows the pictures of the chosen colour first and none of another colour', () => {
  const images = [
    { key: 'room', optionName: null, optionValue: null },
    { key: 'sand', optionName: 'Colour', optionValue: 'Sand' },
    { key: 'sage', optionName: 'Colour', optionValue: 'Sage' },
  ]
  expect(picturesOf(images, sageSmall).map(({ key }) => key)).toEqual(['sage', 'room'])
})

it('says stock in words', () => {
  expect(stockWords({ stock: 'in_stock', available: 40 })).toBe('In stock')
  expect(stockWords({ stock: 'low', available: 3 })).toBe('Only 3 left')
  expect(stockWords({ stock: 'out', available: 0 })).toBe('Out of stock')
})
