// What of an order may be sent back, how many of each and until when: thirty days from the arrival of its parcel. Pure.
import type { ParcelView } from '#app/domain/orders/order-view.ts'

export const returnDays = 30
const dayMs = 24 * 3600 * 1000

export type ReturnableLine = {
  sku: string
  title: string
  variantTitle: string
  imageSrc: string | null
  quantity: number
}

type Facts = {
  lines: readonly { sku: string; title: string; variantTitle: string; imageSrc: string | null }[]
  parcels: readonly Pick<ParcelView, 'status' | 'lines' | 'deliveredAt'>[]
  /** Pieces in returns that stand, and pieces that came back another way. */
  gone: (sku: string) => number
  at: Date
}

const endOf = ({ deliveredAt }: Pick<ParcelView, 'deliveredAt'>): Date | null =>
  deliveredAt && new Date(deliveredAt.getTime() + returnDays * dayMs)

/** The lines of which something may still come back. A parcel on its way counts: it may have arrived before we heard. */
export function returnableLines({ lines, parcels, gone, at }: Facts): ReturnableLine[] {
  const sent = parcels.filter(({ status }) => status !== 'packing')
  const inTime = sent.filter((parcel) => (endOf(parcel) ?? at) >= at)
  return lines.flatMap(({ sku, title, variantTitle, imageSrc }) => {
    const quantity = Math.min(count(sent, sku) - gone(sku), count(inTime, sku))
    return quantity > 0 ? [{ sku, title, variantTitle, imageSrc, quantity }] : []
  })
}

/** The last day on which something may be announced; null while a parcel is still on its way, or nothing was sent. */
export function returnUntil(parcels: Facts['parcels']): Date | null {
  const ends = parcels.filter(({ status }) => status !== 'packing').map(endOf)
  const last = Math.max(...ends.map((end) => end?.getTime() ?? Number.POSITIVE_INFINITY))
  return Number.isFinite(last) ? new Date(last) : null
}

const count = (parcels: Facts['parcels'], wanted: string): number =>
  parcels.flatMap(({ lines }) => lines).reduce((sum, { sku, quantity }) => sum + (sku === wanted ? quantity : 0), 0)
