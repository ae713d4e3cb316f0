import { expect, test } from 'vitest'
import { arrivalWords, freeDelivery, offer, type ShippingMethod } from '#app/domain/shipping/shipping-rules.ts'

const post: ShippingMethod = {
  code: 'standard',
  name: 'Standard delivery',
  description: '',
  countries: ['IE'],
  currency: 'EUR',
  priceMinor: 490,
  includedGrams: 0,
  pricePerKgMinor: 0,
  maxGrams: null,
  freeFromMinor: 5000,
  minDays: 2,
  maxDays: 4,
}

const worth = (goodsMinor: number, grams = 0) => ({ goodsMinor, grams })

test('delivery is paid until the goods reach the mark, and says how far it is', () => {
  expect(offer(post, worth(4200))).toMatchObject({ priceMinor: 490, nudge: 'Free from €50.00: €8.00 to go' })
})

test('from the mark on delivery is free', () => {
  expect(offer(post, worth(5000))).toMatchObject({ priceMinor: 0, nudge: 'Free from €50.00: you are there' })
})

test('a method that is never free, or always, says nothing about it', () => {
  expect(offer({ ...post, freeFromMinor: null }, worth(9000))).toMatchObject({ priceMinor: 490, nudge: null })
  expect(offer({ ...post, priceMinor: 0 }, worth(10)).nudge).toBeNull()
})

test('by weight: the price covers the first kilograms, each started one above costs, too much is refused with its reason', () => {
  const heavy = { ...post, includedGrams: 2000, pricePerKgMinor: 150, maxGrams: 10_000, freeFromMinor: 20_000 }
  expect(offer(heavy, worth(100, 2000))).toMatchObject({ priceMinor: 490, tooHeavy: null })
  expect(offer(heavy, worth(100, 2001))).toMatchObject({ priceMinor: 490 + 150 })
  expect(offer(heavy, worth(100, 4300))).toMatchObject({ priceMinor: 490 + 3 * 150, tooHeavy: null })
  expect(offer(heavy, worth(100, 12_400)).tooHeavy).toBe('Takes up to 10 kg; your things weigh 12.4 kg.')
  expect(offer(heavy, worth(20_000, 9000)).priceMinor).toBe(0)
})

test('the nearest mark counts for the whole cart', () => {
  const express = { ...post, code: 'express', freeFromMinor: 15_000 }
  expect(freeDelivery([express, post], 4200)).toEqual({ fromMinor: 5000, missingMinor: 800 })
  expect(freeDelivery([post], 6000)).toEqual({ fromMinor: 5000, missingMinor: 0 })
  expect(freeDelivery([{ ...post, freeFromMinor: null }], 10)).toBeNull()
})

test('arrival is counted in working days: ordered on Friday, it comes after the weekend', () => {
  expect(arrivalWords(post, new Date('2026-08-07T10:00:00Z'))).toBe('Tue 11 Aug – Thu 13 Aug')
  expect(arrivalWords({ minDays: 1, maxDays: 1 }, new Date('2026-08-07T10:00:00Z'))).toBe('Mon 10 Aug')
})
