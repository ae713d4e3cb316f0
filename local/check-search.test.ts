// What the operator reads of the shopkeeper's expectations, and when the command fails.
import { expect, it } from 'vitest'
import { reportOf } from './check-search.ts'

const line = (query: string, within: number, position: number | null) => ({
  id: query,
  query,
  within,
  product: { id: 'p', slug: 'studio-headphones', title: 'Over-ear headphones', status: 'published' as const },
  position,
  met: position !== null && position <= within,
})

it('names the search that does not find its product, and where the product stands', () => {
  const { lines, unmet } = reportOf([line('hedphones', 3, 9), line('earphones', 1, null), line('headphones', 1, 1)])
  expect(unmet).toBe(2)
  expect(lines).toEqual([
    'NOT MET “hedphones” shows Over-ear headphones (studio-headphones) within the first 3: it stands at place 9.',
    'NOT MET “earphones” shows Over-ear headphones (studio-headphones) first: it is not among the first 60.',
    'met     “headphones” shows Over-ear headphones (studio-headphones) first: it stands at place 1.',
    '1 of 3 are met.',
  ])
})

it('is content with a shop that expects nothing', () => {
  expect(reportOf([])).toEqual({ lines: ['Nothing is expected yet: /admin/finding/expectations.'], unmet: 0 })
})
