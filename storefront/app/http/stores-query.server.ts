// The address of the stores page → what is asked for. What does not fit is left out, never an error: such addresses are
// typed, shared and kept by people.
import { z } from 'zod'
import { askedUnit } from '#app/http/distance-unit.server.ts'
import { parseQuery, safeRedirect } from '#app/http/parse.server.ts'
import { placeFields } from '#app/http/place-query.ts'
import { radii, type StoresState, usualRadius } from '#app/http/stores-state.ts'

const query = z.object({
  ...placeFields,
  radius: z
    .string()
    .default('')
    .transform((typed) => radii.find((one) => String(one) === typed) ?? usualRadius),
  open: z.string().optional(),
  sku: z
    .string()
    .regex(/^(?=.{1,64}$)[A-Z0-9]+(?:[._-][A-Z0-9]+)*$/)
    .catch('')
    .default(''),
  back: z
    .string()
    .default('')
    .transform((to) => safeRedirect(to, '')),
})
const serviceShape = /^[a-z][a-z0-9_]{0,39}$/

export function readStoresQuery(request: Request): StoresState {
  const { open, ...asked } = parseQuery(query, request)
  const services = new URL(request.url).searchParams.getAll('service').filter((code) => serviceShape.test(code))
  return { ...asked, unit: askedUnit(request), services: [...new Set(services)].slice(0, 10), openNow: open === '1' }
}
