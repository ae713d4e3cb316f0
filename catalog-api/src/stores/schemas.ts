// What stores and towns look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Country, Id, Slug } from '../http/fields.ts'

const Clock = z.string().openapi({ example: '18:30', description: "HH:MM in the store's own time zone" })
const Weekday = z.int().openapi({ example: 1, description: '1 = Monday … 7 = Sunday', minimum: 1, maximum: 7 })

const Day = z.string().openapi({ format: 'date', example: '2026-12-25', description: "By the store's own calendar" })
const Moment = z.iso.datetime().openapi({ example: '2026-11-23T10:00:00.000Z' })

export const SpecialDay = z
  .object({
    date: Day,
    note: z.string().openapi({ example: 'Christmas Day' }),
    hours: z.array(z.object({ opens: Clock, closes: Clock })).openapi({ description: 'Empty: closed all day' }),
  })
  .openapi('SpecialDay')
export type SpecialDay = z.infer<typeof SpecialDay>

const OpenState = z.object({
  now: z.boolean(),
  until: Clock.nullable().openapi({ description: 'When it closes; null while closed, and when it never does' }),
  next: z
    .object({ date: Day, weekday: Weekday, opens: Clock })
    .nullable()
    .openapi({ description: 'When it opens next; null while open, or when not within two months' }),
})
export type OpenState = z.infer<typeof OpenState>

export const Store = z
  .object({
    id: Id,
    slug: Slug,
    name: z.string().openapi({ example: 'Highstreet Lyon' }),
    line1: z.string().openapi({ example: '12 rue de la République' }),
    line2: z.string().nullable(),
    city: z.string().openapi({ example: 'Lyon' }),
    region: z.string().nullable(),
    postcode: z.string().nullable().openapi({ example: '69001' }),
    country: Country,
    latitude: z.number().openapi({ example: 45.767 }),
    longitude: z.number().openapi({ example: 4.834 }),
    timezone: z.string().openapi({ example: 'Europe/Paris' }),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    services: z.array(z.string()).openapi({ example: ['pickup', 'gift-wrapping'] }),
    hours: z.array(z.object({ weekday: Weekday, opens: Clock, closes: Clock })),
    specialDays: z.array(SpecialDay).openapi({
      description: 'Days whose hours take the place of the weekly ones, today and the coming 60 days',
    }),
    open: OpenState,
    today: Day.openapi({ description: "The store's own date now" }),
    coming: z.array(z.object({ opens: Moment, closes: Moment })).openapi({
      description: 'When it is open in the coming four days, the present stretch first; else the next stretch',
    }),
    stock: z
      .object({ sku: z.string(), available: z.int() })
      .optional()
      .openapi({ description: 'What is free of the SKU that was asked for; only with `sku`' }),
    distanceKm: z
      .number()
      .optional()
      .openapi({ description: 'As the crow flies; only in /stores/nearby', example: 3.4 }),
  })
  .openapi('Store')
export type Store = z.infer<typeof Store>

export const NearbyStores = z
  .object({
    items: z.array(Store),
    cutKm: z.number().nullable().openapi({
      description: 'Where more than ten thousand stores lie, no further than this was looked; null: all of the radius',
    }),
  })
  .openapi('NearbyStores')

export const StorePage = z
  .object({ items: z.array(Store), nextCursor: z.string().nullable(), total: z.int() })
  .openapi('StorePage')
export type StorePage = z.infer<typeof StorePage>

export const Place = z
  .object({
    name: z.string().openapi({ example: 'Lyon' }),
    region: z.string().nullable().openapi({ example: 'Auvergne-Rhône-Alpes' }),
    country: Country,
    latitude: z.number(),
    longitude: z.number(),
    population: z.int().openapi({ example: 522_250 }),
    postcode: z
      .string()
      .nullable()
      .openapi({ description: "A store's postcode that begins like the one asked for; null for a town found by name" }),
    approximate: z
      .boolean()
      .openapi({ description: 'The postcode only begins alike: somewhere in the area of that store, not there' }),
  })
  .openapi('Place')
export type Place = z.infer<typeof Place>
