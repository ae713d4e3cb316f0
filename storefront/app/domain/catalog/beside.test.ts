// What stands beside a product, as the shopkeeper and the orders decide it.
import { expect, test } from 'vitest'
import { besideProduct } from './beside.ts'

const cards = (ids: string) => [...ids].map((id) => ({ id }))
const shown = (related: string, pickedCount: number, together: string) =>
  besideProduct({ related: cards(related), pickedCount }, cards(together))
    .map(({ id }) => id)
    .join('')

test('what the shop picked comes first, then what is bought together, then the same category; four at most, none twice', () => {
  expect(shown('abcd', 0, '')).toBe('abcd')
  expect(shown('abcd', 4, 'xyz')).toBe('abcd')
  expect(shown('abcd', 1, 'xy')).toBe('axyb')
  expect(shown('abcd', 1, 'dxa')).toBe('adxb')
  expect(shown('abcd', 0, 'wxyz')).toBe('wxyz')
  expect(shown('ab', 1, '')).toBe('ab')
  expect(shown('', 0, 'xx')).toBe('x')
})
