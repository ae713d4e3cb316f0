// A place as people type or share it in an address: words, a chosen spelling, or degrees. What does not fit is left out.
import { z } from 'zod'

const degrees = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,15})?$/)
    .transform(Number)
    .pipe(z.number().min(-limit).max(limit))
    .optional()
    .catch(undefined)

/** Fields of a query: `q` as typed, `near` what to call the point `lat`, `lng` (degrees). */
export const placeFields = {
  q: z
    .string()
    .default('')
    .transform((typed) =>
      typed
        .replace(/\p{C}+/gu, ' ')
        .trim()
        .slice(0, 80),
    ),
  near: z.string().max(80).optional().catch(undefined),
  lat: degrees(90),
  lng: degrees(180),
}
