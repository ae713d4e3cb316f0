import { expect, test } from 'vitest'
import { arrivalWords, freeDelivery, offer, type ShippingMethod } from '#app/domain/shipping/shipping-rules.ts'

const post: ShippingMethod = {
  code: 'standard',
  name: 'Standard delivery',
  description: '',
  countries: ['IE'],
  currency: 'EUR',
  priceMinor: 490,
  freeFromMinor: 5000,
  minDays: 2,
  maxDays: 4,
}

test('delivery is paid until the goods reach the mark, and says how far it is', () => {
  expect(offer(post, 4200)).toMatchObject({ priceMinor: 490, nudge: 'Free from €50.00: €8.00 to go' })
})

test('from the mark on delivery is free', () => {
  expect(offer(post, 5000)).toMatchObject({ priceMinor: 0, nudge: 'Free from €50.00: you are there' })
})

test('a method that is never free, or always, says nothing about it', () => {
  expect(offer({ ...post, freeFromMinor: null }, 9000)).toMatchObject({ priceMinor: 490, nudge: null })
  expect(offer({ ...post, priceMinor: 0 }, 10).nudge).toBeNull()
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
