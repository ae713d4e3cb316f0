// What the search for stores is set to, and the addresses that change one of its settings. Pure.
import type { DistanceUnit } from '#app/lib/distance.ts'
import { paths } from '#app/paths.ts'

export const radii = [5, 10, 25, 50, 100, 250, 500] as const
export const usualRadius = 50

export type StoresState = {
  /** A town or postcode as typed; stronger than a position. */
  q: string
  near?: string
  lat?: number
  lng?: number
  /** In the reader's unit. */
  radius: number
  /** Only when the address says it. */
  unit?: DistanceUnit
  /** All of these. */
  services: string[]
  openNow: boolean
  /** Only stores that have this. */
  sku: string
  /** Where choosing a store leads: a path of the shop, or empty. */
  back: string
}

/** The search with some of its settings changed. One search, one address. */
export function storesHref(state: StoresState, change: Partial<StoresState> = {}): string {
  const { q, near, lat, lng, radius, unit, services, openNow, sku, back } = { ...state, ...change }
  return paths.stores({
    q,
    ...(q === '' && { near, lat, lng }),
    radius: radius === usualRadius ? undefined : radius,
    unit,
    service: [...services].sort(),
    open: openNow ? '1' : undefined,
    sku,
    back,
  })
}
