// What stores and towns look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Country, Id, Slug } from '../http/fields.ts'

const Clock = z.string().openapi({ example: '18:30', description: "HH:MM in the store's own time zone" })
const Weekday = z.int().openapi({ example: 1, description: '1 = Monday … 7 = Sunday', minimum: 1, maximum: 7 })

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
    open: z.object({
      now: z.boolean(),
      until: Clock.nullable().openapi({ description: 'When it closes today; null while closed' }),
      next: z
        .object({ weekday: Weekday, opens: Clock })
        .nullable()
        .openapi({ description: 'When it opens next; null while open' }),
    }),
    distanceKm: z
      .number()
      .optional()
      .openapi({ description: 'As the crow flies; only in /stores/nearby', example: 3.4 }),
  })
  .openapi('Store')
export type Store = z.infer<typeof Store>

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
  })
  .openapi('Place')
export type Place = z.infer<typeof Place>
