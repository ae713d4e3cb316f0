import { describe, expect, test } from 'vitest'
import { planCatalogue } from '../catalogue/plan.ts'
import { reviewsOf } from './reviews.ts'
import { saidOf, slugsSaidOf } from './said.ts'
import { authors, byCategory, shortLived } from './words.ts'

const today = new Date('2026-06-01T12:00:00Z')
const { products } = planCatalogue({ small: false })
const reviews = products.flatMap((product) => reviewsOf(product, today).map((review) => ({ product, review })))

describe('the reviews', () => {
  test('are about six hundred, most of them glad and most of them shown', () => {
    expect(reviews.length).toBeGreaterThanOrEqual(550)
    expect(reviews.length).toBeLessThanOrEqual(750)
    const share = (test: (review: Record<string, unknown>) => boolean) =>
      reviews.filter(({ review }) => test(review)).length / reviews.length
    expect(share(({ rating }) => Number(rating) >= 4)).toBeGreaterThan(0.75)
    expect(share(({ rating }) => Number(rating) <= 2)).toBeGreaterThan(0.03)
    expect(share(({ status }) => status === 'approved')).toBeGreaterThan(0.8)
    expect(share(({ status }) => status === 'pending')).toBeGreaterThan(0.02)
    expect(share(({ verifiedBuyer }) => verifiedBuyer === true)).toBeGreaterThan(0.5)
  })

  test('say something particular of every product, and of no product that is not sold', () => {
    const slugs = products.map(({ record }) => record.slug)
    expect(slugsSaidOf().filter((slug) => !slugs.includes(slug))).toEqual([])
    for (const slug of slugs) {
      expect(saidOf(slug).good.length, slug).toBeGreaterThanOrEqual(2)
      expect(saidOf(slug).mixed.length, slug).toBeGreaterThanOrEqual(1)
    }
  })

  test('have words for every category', () => {
    const categories = new Set(products.map(({ record }) => record.category))
    for (const category of categories) expect(Object.keys(byCategory)).toContain(category)
    for (const category of shortLived) expect(categories).toContain(category)
  })

  test('never repeat a text about the same product, and nobody reviews a product twice', () => {
    for (const product of products) {
      const of = reviewsOf(product, today)
      expect(new Set(of.map(({ body }) => body)).size, product.record.slug).toBe(of.length)
      expect(new Set(of.map(({ authorRef }) => authorRef)).size, product.record.slug).toBe(of.length)
    }
    expect(new Set(authors).size).toBe(authors.length)
  })

  test('leave no blank in a sentence and keep to the lengths the shop allows', () => {
    for (const { product, review } of reviews) {
      const text = `${review.title} ${review.body}`
      expect(text, product.record.slug).not.toMatch(/[{}]|undefined|null/)
      expect(String(review.title).length).toBeLessThanOrEqual(120)
      expect(String(review.body).length).toBeLessThanOrEqual(4000)
    }
  })

  test('name a colour only of things that come in that colour', () => {
    const sentence = /The ([a-z]+) (?:is softer|is a shade|goes with|looks good|does not suit|is brighter)/
    for (const { product, review } of reviews) {
      const said = sentence.exec(String(review.body))?.[1]
      const colours = product.options.find(({ name }) => name === 'Colour')?.values ?? []
      if (said)
        expect(
          colours.map((colour) => colour.toLowerCase()),
          product.record.slug,
        ).toContain(said)
    }
  })

  test('were written after the product went on sale and not tomorrow', () => {
    for (const { product, review } of reviews) {
      const age = (today.getTime() - (review.createdAt as Date).getTime()) / (24 * 3600 * 1000)
      expect(age).toBeGreaterThan(0)
      expect(age).toBeLessThanOrEqual(Math.min(365, product.ageDays))
    }
  })

  test('are the same on every machine', () => {
    const again = products.flatMap((product) => reviewsOf(product, today))
    expect(again).toEqual(reviews.map(({ review }) => review))
  })
})
