// What customers say about a product. Deterministic: the same product gets the same words on every machine.

import type { PlannedProduct } from '../catalogue/plan.ts'
import type { Row } from '../database.ts'
import { idOf } from '../ids.ts'
import { type Random, randomOf } from '../random.ts'
import { saidOf } from './said.ts'
import { authors, byCategory, general, lasting, shortLived, titles, type Words } from './words.ts'

const day = 24 * 3600 * 1000

/** Takes the items of a list one by one in a drawn order; undefined when all are taken. */
function deck<T>(items: readonly T[], random: Random): () => T | undefined {
  const rest = [...items]
  return () => rest.splice(random.int(0, Math.max(0, rest.length - 1)), 1)[0]
}
/** Takes from the first list until it is empty, then from the next. */
function decksOf(lists: readonly Words[], random: Random) {
  const inTurn = (mood: keyof Words) => {
    const decks = lists.map((list) => deck(list[mood], random))
    return () => {
      for (const take of decks) {
        const said = take()
        if (said) return said
      }
      return undefined
    }
  }
  return { good: inTurn('good'), mixed: inTurn('mixed'), bad: inTurn('bad') }
}
type Decks = { own: ReturnType<typeof decksOf>; any: ReturnType<typeof decksOf> }

/** How many stars: most are glad, and how many depends on the product. */
function ratingOf(quality: number, random: Random): number {
  const luck = random.next()
  if (luck < quality) return 5
  if (luck < quality + (1 - quality) * 0.55) return 4
  if (luck < quality + (1 - quality) * 0.78) return 3
  return luck < quality + (1 - quality) * 0.92 ? 2 : 1
}

/** One to three sentences that suit the stars; none is said twice of the same product. */
function bodyOf(rating: number, { own, any }: Decks, random: Random): string {
  const more = random.chance(0.45) ? any.good() : undefined
  const said =
    rating === 5
      ? [own.good() ?? any.good(), more, random.chance(0.25) ? own.good() : undefined]
      : rating === 4
        ? [own.good() ?? any.good(), random.chance(0.5) ? own.mixed() : more]
        : rating === 3
          ? [own.mixed() ?? any.mixed(), random.chance(0.35) ? any.mixed() : undefined]
          : [own.bad() ?? any.bad(), random.chance(0.5) ? any.bad() : undefined]
  return said.filter(Boolean).join(' ')
}

const statusOf = (rating: number, random: Random): 'approved' | 'pending' | 'rejected' => {
  const luck = random.next()
  if (luck < 0.87) return 'approved'
  return luck < 0.96 || rating > 2 ? 'pending' : 'rejected'
}

/** How many reviews: goods just arrived have few, featured ones more, drafts none. */
function countOf({ record, ageDays }: PlannedProduct, random: Random): number {
  if (record.status === 'draft') return 0
  const most = record.featured ? 16 : 6
  return random.int(ageDays < 20 || random.chance(0.12) ? 0 : 1, ageDays < 20 ? 2 : most)
}

/** Rows of the table `reviews`; their dates lie after the product went on sale. */
export function reviewsOf(product: PlannedProduct, today: Date): Row[] {
  const { record, ageDays } = product
  const random = randomOf(`reviews ${record.slug}`)
  const decks = decksFor(product, random)
  const heading = { 5: deck(titles[5] ?? [], random), 4: deck(titles[4] ?? [], random) } as Record<
    number,
    () => string | undefined
  >
  const author = deck(authors, random)
  const quality = 0.45 + random.next() * 0.4
  return Array.from({ length: countOf(product, random) }, () => {
    const rating = ratingOf(quality, random)
    const authorName = author() ?? 'A customer'
    const body = bodyOf(rating, decks, random)
    const age = Math.max(0.2, Math.min(365, ageDays - 1) * random.next())
    const createdAt = new Date(today.getTime() - age * day)
    const status = statusOf(rating, random)
    return {
      id: idOf(`review:${record.slug}:${authorName}`),
      productId: idOf(`product:${record.slug}`),
      authorRef: idOf(`reviewer:${authorName}`),
      authorName,
      rating,
      title: heading[rating]?.() ?? random.pick(titles[rating] ?? ['A review']),
      body,
      verifiedBuyer: random.chance(0.7),
      status,
      moderatedAt: status === 'pending' ? null : new Date(Math.min(today.getTime(), createdAt.getTime() + day / 3)),
      createdAt,
      updatedAt: createdAt,
    }
  }).filter(({ body }) => body.length > 0)
}

/** First what was said of this very product, then what fits its category; and what fits anything. */
function decksFor(product: PlannedProduct, random: Random): Decks {
  const { slug, category } = product.record
  const fitting = byCategory[category] ?? general
  return {
    own: decksOf([saidOf(slug), spokenOf(fitting, product)], random),
    any: decksOf([spokenOf(shortLived.includes(category) ? general : together(general, lasting), product)], random),
  }
}

const together = (some: Words, others: Words): Words => ({
  good: [...some.good, ...others.good],
  mixed: [...some.mixed, ...others.mixed],
  bad: [...some.bad, ...others.bad],
})

/** The sentences that can be said of this product, with its own names in them. */
function spokenOf(words: Words, { record, options }: PlannedProduct): Words {
  const colours = options.find(({ name }) => name === 'Colour')?.values ?? []
  const random = randomOf(`review colours ${record.slug}`)
  const speak = (sentences: string[]) =>
    sentences
      .filter((sentence) => colours.length > 0 || !sentence.includes('{colour}'))
      .map((sentence) =>
        sentence.replace('{brand}', record.brand).replace('{colour}', () => random.pick(colours).toLowerCase()),
      )
  return { good: speak(words.good), mixed: speak(words.mixed), bad: speak(words.bad) }
}
