// How words are understood: what a shopper types and what a product is called meet.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, wordsOf } from '../lib/fold.ts'
import { correct, slipsBetween } from './correct.ts'
import { searchQuery, searchVector, singular } from './words.ts'

describe('words', () => {
  it('does not mind accents, capitals or ligatures', () => {
    expect(fold('  Crème BRÛLÉE ')).toBe('creme brulee')
    expect(fold('Smørrebrød œuf Straße')).toBe('smorrebrod oeuf strasse')
  })

  it('takes an English plural for its singular, and leaves other words alone', () => {
    expect(['mugs', 'boxes', 'berries', 'glasses', 'dishes'].map(singular)).toEqual([
      'mug',
      'box',
      'berry',
      'glass',
      'dish',
    ])
    expect(['glass', 'bus', 'gas', 'tennis', 'ties'].map(singular)).toEqual(['glass', 'bus', 'gas', 'tennis', 'ties'])
  })

  it('keeps the best weight of a word that stands in several places', () => {
    const vector = searchVector({
      title: 'Sage mug',
      codes: ['MUG-SAGE-01'],
      subtitle: 'A mug',
      brand: 'Nord',
      categories: ['Mugs'],
      description: 'A nordic mug by Nord',
    })
    expect(vector).toContain("'mug':2A")
    expect(vector).toMatch(/'nord':\d+B/)
    expect(vector).toMatch(/'nordic':\d+C/)
    expect(vector).toMatch(/'mugsage01':\d+A/)
  })

  it('wants all words and takes the last one as a beginning', () => {
    expect(searchQuery('Sage mu')).toBe("( 'sage' ) & ( 'mu':* | 'mu' )")
  })

  it('has no query where there is no word', () => {
    expect(searchQuery(' & | ! :* \' " ()')).toBeNull()
  })

  it('lets nothing but letters and digits through, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        for (const word of wordsOf(typed)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
      }),
    )
  })
})

describe('slips of the pen', () => {
  const words = new Map([
    ['mugs', 9],
    ['muggs', 1],
    ['stoneware', 3],
    ['sage', 2],
    ['cm30', 5],
  ])

  it('are counted as added, missing, changed or swapped letters', () => {
    expect([
      slipsBetween('mugs', 'mugs', 2),
      slipsBetween('mgus', 'mugs', 2),
      slipsBetween('mgs', 'mugs', 2),
      slipsBetween('mugss', 'mugs', 2),
      slipsBetween('abcd', 'wxyz', 2),
    ]).toEqual([0, 1, 1, 1, 3])
  })

  it('lead to the nearest word that most products have', () => {
    expect(correct('mgus', words)).toBe('mugs')
    expect(correct('stonwaer sage', words)).toBe('stoneware sage')
  })

  it('are not seen in known, short or numbered words', () => {
    expect(correct('mugs sage', words)).toBeNull()
    expect(correct('mug', words)).toBeNull()
    expect(correct('cm31', words)).toBeNull()
    expect(correct('completely different', words)).toBeNull()
  })
})
