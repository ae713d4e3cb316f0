// Sentences that customers said of one product each, by slug.
import { saidOfBooksPlay } from './said-books-play.ts'
import { saidOfClothing } from './said-clothing.ts'
import { saidOfFood } from './said-food.ts'
import { saidOfHome } from './said-home.ts'
import { saidOfKitchen } from './said-kitchen.ts'
import { saidOfMusicTech } from './said-music-tech.ts'
import { saidOfOutdoor } from './said-outdoor.ts'
import { saidOfPlantsBath } from './said-plants-bath.ts'
import type { Words } from './words.ts'

const all: Record<string, string> = {
  ...saidOfKitchen,
  ...saidOfHome,
  ...saidOfPlantsBath,
  ...saidOfOutdoor,
  ...saidOfClothing,
  ...saidOfBooksPlay,
  ...saidOfMusicTech,
  ...saidOfFood,
}

/** The products somebody has said something of. */
export const slugsSaidOf = (): string[] => Object.keys(all)

/** What was said of the product with this slug: lines that begin with `~` are the less happy ones. */
export function saidOf(slug: string): Words {
  const lines = (all[slug] ?? '').split('\n').filter(Boolean)
  return {
    good: lines.filter((line) => !line.startsWith('~')),
    mixed: lines.filter((line) => line.startsWith('~')).map((line) => line.slice(1).trim()),
    bad: [],
  }
}
