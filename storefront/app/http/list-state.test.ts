import '../../test/settings.ts'
import { describe, expect, test } from 'vitest'
import { facetNames, facetValues } from '#app/ui/facet-filters.tsx'
import { readListQuery } from './list-query.server.ts'
import { clearedHref, hasFilters, isNarrowed, listHref, toggled } from './list-state.ts'

const read = (query: string) => readListQuery(new Request(`http://localhost/c/mugs?${query}`), '/c/mugs')

describe('a list’s address', () => {
  test('takes the first six names of options and of attributes, with all their values', () => {
    const many = Array.from({ length: 8 }, (_, at) => `opt=N${at}:x&attr=N${at}:x`).join('&')
    const { filter, list } = read(`${many}&opt=N0:y&opt=N7:y`)
    expect(filter.options).toEqual(['N0:x', 'N1:x', 'N2:x', 'N3:x', 'N4:x', 'N5:x', 'N0:y'])
    expect(filter.attributes).toHaveLength(6)
    expect(list.options).toEqual(filter.options)
  })

  test('says every filter, several of one kind too, and is the same however they were chosen', () => {
    const { list, filter } = read(
      'opt=Size:L&opt=Colour:Sage&brand=Nord&brand=S%C3%BCd&rating=4&stock=1&min=5&sort=title&cat=cups&attr=Material:Clay&store=dublin',
    )
    expect(filter).toMatchObject({
      brands: ['Nord', 'Süd'],
      options: ['Size:L', 'Colour:Sage'],
      attributes: ['Material:Clay'],
      categories: ['cups'],
      store: 'dublin',
      minRating: 4,
      inStock: true,
      minPriceMinor: 500,
    })
    const other = read(
      'store=dublin&attr=Material:Clay&cat=cups&sort=title&min=5&stock=1&rating=4&brand=S%C3%BCd&brand=Nord&opt=Colour:Sage&opt=Size:L',
    ).list
    expect(listHref(list)).toBe(listHref(other))
    expect(read(listHref(list).split('?')[1] ?? '').list).toEqual({ ...other, brands: ['Nord', 'Süd'] })
  })

  test('loses one filter by its chip and all by one link, never its words', () => {
    const { list } = readListQuery(new Request('http://localhost/search?q=mug&opt=Size:L&opt=Size:M'), '/search')
    expect(listHref(list, { options: toggled(list.options, 'Size:L') })).toBe('/search?q=mug&opt=Size%3AM')
    expect(clearedHref(list)).toBe('/search?q=mug')
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
  })

  test('leaves out what cannot be', () => {
    const many = Array.from({ length: 40 }, (_, index) => `brand=b${index}`).join('&')
    expect(read(many).list.brands).toHaveLength(30)
    const { list } = read(
      `opt=Size&opt=:L&opt=Size:&brand=${'x'.repeat(101)}&rating=9&stock=yes&min=-1&max=1e9&sort=up&min=2&cat=A%20b&attr=x&store=No%20Store`,
    )
    expect(hasFilters(list)).toBe(false)
    expect(isNarrowed(list)).toBe(false)
    expect(read('cursor=x').list.paged).toBe(true)
    expect(read('brand=a%00b').list.brands).toEqual(['ab'])
  })
})

test('a form’s empty fields lead to the list’s one address', () => {
  const thrown = (query: string) => {
    try {
      return read(query) && null
    } catch (answer) {
      return (answer as Response).headers.get('Location')
    }
  }
  expect(thrown('rating=&sort=&min=5&max=&opt=Size:L&brand=B&brand=A')).toBe(
    '/c/mugs?brand=A&brand=B&opt=Size%3AL&min=5',
  )
  expect(thrown('min=5&cursor=x&sort=')).toBe('/c/mugs?min=5&cursor=x')
  expect(thrown('min=5')).toBeNull()
})

test('a facet’s values stand in an order people expect; what is chosen stays though nothing fits', () => {
  const values = ['XL', 'S', '10 cm', '9 cm', 'M'].map((value) => ({ value, count: 1 }))
  expect(facetValues(values, ['L']).map(({ value }) => value)).toEqual(['9 cm', '10 cm', 'S', 'M', 'L', 'XL'])
  expect(facetValues([], ['Sage'])).toEqual([{ value: 'Sage', count: 0 }])
})

test('a list of many kinds of things shows the options most of it has, and what is chosen', () => {
  const values = (count: number) => ['a', 'b'].map((value) => ({ value, count }))
  const options = ['Waist', 'Colour', 'Pack', 'Size', 'Ribbon'].map((name, at) => ({ name, values: values(at) }))
  const single = { name: 'Shape', values: [{ value: 'round', count: 99 }] }
  expect(facetNames(['Waist:32', 'Gone:x'], [...options, single])).toEqual([
    'Ribbon',
    'Size',
    'Pack',
    'Colour',
    'Waist',
    'Gone',
  ])
})
