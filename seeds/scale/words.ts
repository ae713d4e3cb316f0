// The language of a made-up shop of any size: things, makers, places they stand in, sentences about them. Pure.
import { type Chance, chanceOf } from './chance.ts'

/** Twelve departments of five kinds of things each. */
export const departments: readonly [name: string, things: readonly string[]][] = [
  ['Table', ['mug', 'bowl', 'plate', 'carafe', 'teapot']],
  ['Kitchen', ['kettle', 'pan', 'knife', 'grater', 'scale']],
  ['Rest', ['blanket', 'pillow', 'mattress', 'duvet', 'pyjama']],
  ['Light', ['lamp', 'lantern', 'candle', 'sconce', 'bulb']],
  ['Seats', ['chair', 'sofa', 'stool', 'bench', 'hammock']],
  ['Order', ['basket', 'shelf', 'drawer', 'hook', 'crate']],
  ['Wear', ['shirt', 'jacket', 'scarf', 'jumper', 'sock']],
  ['Bags', ['backpack', 'wallet', 'suitcase', 'pouch', 'satchel']],
  ['Sound', ['headphone', 'speaker', 'turntable', 'radio', 'microphone']],
  ['Desk', ['notebook', 'pen', 'stapler', 'calendar', 'folder']],
  ['Garden', ['spade', 'planter', 'watering can', 'rake', 'trellis']],
  ['Play', ['puzzle', 'kite', 'marble', 'puppet', 'yoyo']],
]
export const styles = ['Classic', 'Travel', 'Small', 'Fine'] as const
export const colours = 'Sage Sand Ink Terracotta Navy Cream Mustard Sky Plum Rust Charcoal Rose'.split(' ')
export const sizes = ['S', 'M', 'L', 'XL']
export const materials = 'oak stoneware linen wool steel glass cotton leather bamboo brass cork walnut'.split(' ')
export const countries = ['Portugal', 'Denmark', 'Italy', 'Ireland', 'Japan', 'Austria', 'Spain', 'Poland']
export const care = ['Wipe clean', 'Dishwasher safe', 'Hand wash', 'Machine wash', 'Dry clean']
const adjectives = 'quiet sturdy light folding heavy woven round tall everyday double soft bright plain'.split(' ')

const syllables =
  'ba lo mi ren tar vel dor ka nu sel fin gar hol iva jun kel lum mor nor ost pel qui ras tho und wen yar zel bri cor'
const parts = syllables.split(' ')

/** An invented word; the first thousands are common, the later ones rare. */
export function inventedWord(number: number): string {
  const at = (place: number) => parts[Math.floor(number / parts.length ** place) % parts.length] ?? ''
  return `${at(0)}${at(1)}${at(2)}`
}

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The name on the label; of `count` makers the first have the most goods. */
export function brandOf(chance: Chance, count: number): string {
  const number = Math.floor(count * chance.next() ** 2.5)
  const word = capital(inventedWord(number * 7 + 3))
  return number % 3 === 0 ? `${word} & Sons` : number % 3 === 1 ? `Atelier ${word}` : word
}

/** `Velnor folding oak lamp`: a series, how it is, of what, and what. */
export function titleOf(chance: Chance, thing: string, material: string): string {
  const series = capital(inventedWord(Math.floor(parts.length ** 3 * chance.next() ** 1.5)))
  return `${series} ${chance.pick(adjectives)} ${material} ${thing}`
}

const told = [
  'Made in small batches by people who sign their work.',
  'It does one thing, and it does it for years.',
  'Spare parts are kept for ten years after the last one was sold.',
  'The first week it looks new, after that it looks like yours.',
  'Tested by a family of five and a dog.',
  'Packed in paper that was paper before.',
  'Goes well with a mug of tea and an hour of nothing.',
  'Its edges are rounded where hands are and straight where walls are.',
  'Weighs less than it looks and holds more than it should.',
  'Nobody needs a manual for it; there is one all the same.',
  'The finish is oil, not lacquer, so that it can be mended.',
  'Stacks with its sisters and stands alone.',
]

export const descriptionOf = (chance: Chance, thing: string, material: string): string =>
  `${chance.pick(told)} A ${thing} of ${material}. ${chance.pick(told)}\n\n${chance.pick(told)}`

export const praise = [
  'Does what it says.',
  'Better than the picture.',
  'My second one already.',
  'Good, though smaller than I thought.',
  'Came fast, looks fine.',
  'Not for me, but well made.',
]

/** Two hundred people who review; who, is drawn by the product. */
export const reviewer = (number: number): string => capital(inventedWord(number * 31 + 11))

/** What a search for a common and for a rare series would type: for the benchmark. */
export function seriesOf(seed: number, index: number): string {
  return titleOf(chanceOf(seed, index), 'x', 'y').split(' ')[0] ?? ''
}
