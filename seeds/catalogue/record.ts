// How goods are written down in this folder: short records that a person can read and change.
import type { Arrangement } from '../pictures/scene.ts'
import type { TintedPart } from '../pictures/tint.ts'

export type CategoryRecord = {
  slug: string
  name: string
  description: string
  /** The slug of the product whose picture stands for the category. */
  picture: string
  children?: CategoryRecord[]
}

export type ProductRecord = {
  slug: string
  title: string
  subtitle: string
  /** Invented, all of them. */
  brand: string
  /** A category's slug. */
  category: string
  /** The object in the picture: one emoji that Fluent Emoji 3D has. */
  emoji: string
  /** Euro cents, tax included. */
  price: number
  /** The price before, in cents; surcharges of options are added to it as well. */
  compareAt?: number
  /** `{ Colour: 'Sage | Ink', Size: 'Small | Large +800' }`: a surcharge in cents may follow a value. Four hundred grams more: `~400`. */
  options?: Record<string, string>
  /** Combinations that are not made: `Cream / 1.2 litre`. */
  without?: string[]
  /** Slugs of what goes well with it, the best first. */
  related?: string[]
  grams: number
  /** Plain text, paragraphs by a blank line. */
  description: string
  tax?: 'standard' | 'reduced'
  featured?: boolean
  /** `published` when absent. */
  status?: 'draft' | 'archived'
  /** Which part of the object takes the colour of the option Colour (or `paint`); false: the picture is the same for all. */
  tint?: TintedPart | false
  /** A colour for the picture of a product that is sold in one colour only. */
  paint?: string
  arrangement?: Arrangement
}
