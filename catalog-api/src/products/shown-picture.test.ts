import { describe, expect, test } from 'vitest'
import { searchQuery } from '../search/words.ts'
import { askedPicture } from './shown-picture.ts'

const picture = (optionValue: string | null) => ({ optionName: optionValue && 'Colour', optionValue })
const images = [picture(null), picture('Sage'), picture('Sky'), picture('Dark denim')]
const shown = (options: string[], words = '', synonyms = [{ form: 'blue', means: ['sky', 'dark denim'] }]) =>
  askedPicture(images, { options, tsquery: searchQuery(words, synonyms) })?.optionValue ?? null

describe('a card shows the picture of what was asked for', () => {
  test('of a chosen colour', () => expect(shown(['Size:L', 'Colour:Sky'])).toBe('Sky'))
  test('of a colour among the words', () => expect(shown([], 'sage mugs')).toBe('Sage'))
  test('of a colour that the shopkeeper’s synonym means', () => expect(shown([], 'blue mug')).toBe('Sky'))
  test('of all the words of a colour, not of one of them', () => {
    expect(shown([], 'denim mug')).toBeNull()
    expect(shown([], 'mug in dark denim')).toBe('Dark denim')
  })
  test('what was chosen goes before what was said', () => expect(shown(['Colour:Sage'], 'blue mug')).toBe('Sage'))
  test('and else the first one', () => expect(shown(['Colour:Plum'], 'mug')).toBeNull())
})
