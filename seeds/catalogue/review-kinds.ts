// Which words customers use for a product, told by its category. Pure.
import type { ProductRecord } from './record.ts'
import type { Kind } from './review-words.ts'

/** The first that fits a category's slug wins; a test sees to it that every category has one. */
const kinds: [slug: RegExp, kind: Kind][] = [
  [/cookware|baking|knives/, 'cooking'],
  [/coffee|tea|tableware|glass|kitchen|table/, 'table'],
  [/plant|garden|flower|seed/, 'plants'],
  [/shoe|boot/, 'shoes'],
  [/bag|luggage|travel/, 'carry'],
  [/cloth|wear|knit|accessor|jewel|watch|top|dress|trouser/, 'clothes'],
  [/sport|ball|fitness|swim|water|snow|winter/, 'sport'],
  [/camp|outdoor|cycl|bike|wheel|tool|hik/, 'outdoor'],
  [/toy|game|puzzle|play|bab|kid|party/, 'play'],
  [/book|read/, 'reading'],
  [/art|craft|sew|yarn/, 'craft'],
  [/paper|station|desk|office|writ/, 'paper'],
  [/music|instrument|string|wind|drum|key/, 'music'],
  [/food|pantry|sweet|drink|bakery|snack/, 'food'],
  [/beauty|bath|body|hair|make|care|groom/, 'care'],
  [/pet|dog|cat/, 'pets'],
  [/tech|audio|photo|camera|power|comput|screen|optic/, 'tech'],
]

/** The kind of words for a product; `home` where nothing nearer fits. */
export const kindOf = ({ category }: Pick<ProductRecord, 'category'>): Kind =>
  kinds.find(([slug]) => slug.test(category))?.[1] ?? 'home'
