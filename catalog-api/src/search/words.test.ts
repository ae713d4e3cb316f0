// How words are understood: what a shopper types and what a product is called meet.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, wordsOf } from '../lib/fold.ts'
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
