// How words are understood: what a shopper types and what a product is called meet.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, wordsOf } from '../lib/fold.ts'
import { correct } from './correct.ts'
import { synonymsOf } from './find-synonyms.ts'
import { keptWordsIn } from './kept-words.ts'
import { readPriceWords } from './price-words.ts'
import { slipForms, slipsBetween } from './slips.ts'
import { formsIn, searchQuery, searchVector, singular } from './words.ts'

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
      values: ['Deep blue', 'Stoneware'],
      description: 'A nordic mug by Nord',
    })
    expect(vector).toMatch(/'blue':\d+B/)
    expect(vector).toContain("'mug':2A")
    expect(vector).toMatch(/'nord':\d+B/)
    expect(vector).toMatch(/'nordic':\d+C/)
    expect(vector).toMatch(/'mugsage01':\d+A/)
    expect(vector).toMatch(/'01':\d+D/)
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

describe('slips of the pen, more of them', () => {
  const words = new Map([
    ['headphones', 40],
    ['head', 9],
    ['phone', 7],
    ['blue', 90],
    ['mug', 12],
    ['hedphones', 1],
  ])

  it('are words run together and words torn apart', () => {
    expect(correct('bluemug', words)).toBe('blue mug')
    expect(
      correct(
        'head phones',
        new Map([
          ['headphones', 40],
          ['head', 9],
        ]),
      ),
    ).toBe('headphones')
    expect(correct('head phone', words)).toBeNull()
  })

  it('stand in few products themselves: only where little was found they are doubted', () => {
    expect(correct('hedphones', words)).toBeNull()
    expect(correct('hedphones', words, 2)).toBe('headphones')
    expect(correct('head', words, 2)).toBeNull()
  })

  it('are not looked for behind a short word that something has: wine is no slip for fine', () => {
    const cellar = new Map([
      ['wine', 1],
      ['fine', 40],
      ['wines', 1],
      ['lines', 40],
    ])
    expect(correct('wine', cellar, 2)).toBeNull()
    expect(correct('wines', cellar, 2)).toBe('lines')
  })

  it('share a form with what was meant, so that an index finds it', () => {
    const meet = (typed: string, meant: string, slips: number) => {
      const kept = new Set(slipForms(meant))
      return slipForms(typed, slips).some((form) => kept.has(form))
    }
    expect(meet('hedphones', 'headphones', 2)).toBe(true)
    expect(meet('mgus', 'mugs', 1)).toBe(true)
    expect(meet('stonwaer', 'stoneware', 2)).toBe(true)
    const word = fc.stringMatching(/^[a-e]{8,12}$/)
    fc.assert(
      fc.property(word, fc.nat(7), fc.nat(7), fc.constantFrom('x', 'y'), (meant, first, second, letter) => {
        const dropped = meant.slice(0, first) + meant.slice(first + 1)
        const typed = dropped.slice(0, second) + letter + dropped.slice(second + 1)
        expect(meet(typed, meant, 2)).toBe(true)
      }),
    )
  })

  it('are only looked for among plain words: no SKU is kept', () => {
    expect(keptWordsIn("'mug':1A 'mug2':2A 'mugsage01':3A 'of':4C 'crème':5C")).toEqual(['mug', 'crème'])
  })
})

describe('prices in words', () => {
  it.each([
    ['blue mug under 20', 'blue mug', undefined, 2000],
    ['blue mug under €20', 'blue mug', undefined, 2000],
    ['under 20 blue mug', 'blue mug', undefined, 2000],
    ['mug below 19.90 €', 'mug', undefined, 1990],
    ['mug less than 20 euros', 'mug', undefined, 2000],
    ['mug cheaper than 20,5', 'mug', undefined, 2050],
    ['mug <20', 'mug', undefined, 2000],
    ['sofa over 1,000', 'sofa', 100_000, undefined],
    ['sofa more than €1.500', 'sofa', 150_000, undefined],
    ['mug between 10 and 20', 'mug', 1000, 2000],
    ['mug between €20 and €10', 'mug', 1000, 2000],
    ['mug from 10 to 20', 'mug', 1000, 2000],
    ['lamp over 10 under 20', 'lamp', 1000, 2000],
    ['Under 20', '', undefined, 2000],
    ['mug   UNDER\t20', 'mug', undefined, 2000],
  ])('%j is %j from %s to %s', (typed, words, minPriceMinor, maxPriceMinor) => {
    const said = readPriceWords(typed)
    expect(said?.words).toBe(words)
    expect(said?.minPriceMinor).toBe(minPriceMinor)
    expect(said?.maxPriceMinor).toBe(maxPriceMinor)
  })

  it.each([
    'pan over 28 cm',
    'pan over 28cm',
    'lamp under 60 watt',
    'MAX20',
    'maximum',
    'under the bed',
    'undercoat 20',
    'mug 20',
    'between two lamps',
    'under 20%',
    'less than 12 pieces',
    'over 12345678901234567890',
  ])('%j says no price', (typed) => {
    expect(readPriceWords(typed)).toBeNull()
  })

  it('are read from anything, and never for long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        readPriceWords(`mug ${typed} under 20 ${typed}`)
      }),
    )
  })
})

describe('synonyms', () => {
  it('work from one side, or from each to all others', () => {
    const rule = { typed: 'Trainers', means: ['sneakers', 'running shoes'] }
    expect(synonymsOf({ ...rule, twoWay: false })).toEqual([{ form: 'trainer', means: ['sneakers', 'running shoes'] }])
    expect(synonymsOf({ ...rule, twoWay: true }).find(({ form }) => form === 'running shoe')).toEqual({
      form: 'running shoe',
      means: ['Trainers', 'sneakers'],
    })
  })

  it('stand beside the words they are for, the longest phrase first', () => {
    const synonyms = [
      { form: 'sofa', means: ['couch'] },
      { form: 'sofa bed', means: ['futon', 'day bed'] },
    ]
    expect(searchQuery('blue sofas', synonyms)).toBe("( 'blue' ) & ( ( ( 'sofas':* | 'sofa' ) ) | ( ( 'couch' ) ) )")
    expect(searchQuery('sofa bed', synonyms)).toBe(
      "( ( ( 'sofa' ) & ( 'bed':* | 'bed' ) ) | ( ( 'futon' ) ) | ( ( 'day' ) & ( 'bed' ) ) )",
    )
    expect(formsIn('big sofa beds')).toEqual(['big', 'big sofa', 'big sofa bed', 'sofa', 'sofa bed', 'bed'])
  })
})
