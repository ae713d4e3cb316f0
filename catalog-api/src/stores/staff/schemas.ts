// What staff send and see of stores and warehouses. Shapes only.
import { z } from '@hono/zod-openapi'
import { Country, Id, queryInt, SearchWords, Slug, text } from '../../http/fields.ts'
import { Store } from '../schemas.ts'
import { toCentimetres } from '../sphere.ts'

export const storeKinds = ['shop', 'warehouse'] as const
export const storeStatuses = ['open', 'closed'] as const

export const AdminStore = Store.omit({ open: true, today: true, coming: true, stock: true, distanceKm: true })
  .extend({
    kind: z.enum(storeKinds),
    status: z.enum(storeStatuses),
    shipsOrders: z.boolean(),
    allocationPriority: z.int(),
    version: z.int(),
  })
  .openapi('AdminStore')
export type AdminStore = z.infer<typeof AdminStore>

const Clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM')
  .openapi({ example: '18:30' })
const Hours = z
  .array(z.object({ weekday: z.int().min(1).max(7), opens: Clock, closes: Clock }))
  .max(28)
  .superRefine((hours, issues) => {
    hours.forEach((one, at) => {
      if (one.closes <= one.opens)
        issues.addIssue({ code: 'custom', path: [at, 'closes'], message: 'It must close after it opens' })
      if (hours.some((other, index) => index < at && overlap(one, other)))
        issues.addIssue({ code: 'custom', path: [at, 'opens'], message: 'These hours overlap others of the day' })
    })
  })

const SpecialDays = z
  .array(
    z.object({
      date: z.iso.date().openapi({ example: '2026-12-25' }),
      note: text(0, 80).default('').openapi({ example: 'Christmas Day' }),
      hours: z
        .array(z.object({ opens: Clock, closes: Clock }))
        .max(4)
        .default([]),
    }),
  )
  .max(200)
  .superRefine((days, issues) => {
    days.forEach(({ date, hours }, at) => {
      if (days.some((other, index) => index < at && other.date === date))
        issues.addIssue({ code: 'custom', path: [at, 'date'], message: 'This day is there twice' })
      const spans = hours.map((one) => ({ weekday: 0, ...one }))
      if (spans.some(({ opens, closes }) => closes <= opens))
        issues.addIssue({ code: 'custom', path: [at, 'hours'], message: 'It must close after it opens' })
      if (spans.some((one, index) => spans.some((other, before) => before < index && overlap(one, other))))
        issues.addIssue({ code: 'custom', path: [at, 'hours'], message: 'These hours overlap' })
    })
  })

type Span = { weekday: number; opens: string; closes: string }
const overlap = (a: Span, b: Span) => a.weekday === b.weekday && a.opens < b.closes && b.opens < a.closes

function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}

const maybe = (max: number) => text(1, max).nullable().default(null)

export const StoreInput = z
  .object({
    name: text(1, 120).openapi({ example: 'Highstreet Lyon' }),
    slug: Slug.optional().openapi({ description: 'Made from the name when left out; never changes afterwards' }),
    kind: z.enum(storeKinds).default('shop'),
    status: z.enum(storeStatuses).default('open'),
    line1: text(1, 120).openapi({ example: '12 rue de la République' }),
    line2: maybe(120),
    city: text(1, 80).openapi({ example: 'Lyon' }),
    region: maybe(80),
    postcode: maybe(20),
    country: Country,
    latitude: z.number().min(-90).max(90).transform(toCentimetres).openapi({ example: 45.767 }),
    longitude: z.number().min(-180).max(180).transform(toCentimetres).openapi({ example: 4.834 }),
    timezone: text(1, 60).refine(isTimeZone, 'Not a time zone').openapi({ example: 'Europe/Paris' }),
    phone: maybe(40),
    email: z.union([z.email().max(254), z.null()]).default(null),
    services: z
      .array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _'))
      .max(20)
      .default([])
      .openapi({ example: ['click_and_collect'] }),
    shipsOrders: z.boolean().default(false),
    allocationPriority: z.int().min(0).max(10_000).default(100).openapi({
      description: 'Of the places that ship, the lowest number is asked first',
    }),
    hours: Hours.default([]),
    specialDays: SpecialDays.default([]).openapi({
      description: 'From yesterday on: these take the place of all that were there',
    }),
  })
  .openapi('StoreInput')
export type StoreInput = z.infer<typeof StoreInput>

export const StoreUpdate = StoreInput.omit({ slug: true })
  .extend({
    version: z
      .int()
      .min(1)
      .openapi({ description: 'The version that was read; another one now is a version_conflict' }),
  })
  .openapi('StoreUpdate')
export type StoreUpdate = z.infer<typeof StoreUpdate>

export const AdminStoreQuery = z.object({
  q: SearchWords.optional().openapi({ description: 'Part of the name, the town or the postcode' }),
  kind: z.enum(storeKinds).optional(),
  status: z.enum(storeStatuses).optional(),
  page: queryInt(1, 10_000).default(1),
  limit: queryInt(1, 200).default(50),
})
export type AdminStoreQuery = z.infer<typeof AdminStoreQuery>

export const AdminStoreList = z
  .object({ items: z.array(AdminStore), total: z.int(), page: z.int(), pages: z.int() })
  .openapi('AdminStoreList')
export type AdminStoreList = z.infer<typeof AdminStoreList>

export const StoreId = z.object({ id: Id })
