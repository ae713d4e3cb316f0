// What a reservation is to whoever looks at it: its states, its words, its shapes. Pure.
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'

export const reservationStatuses = ['placing', 'held', 'refused', 'collected', 'lapsed', 'cancelled'] as const
export type ReservationStatus = (typeof reservationStatuses)[number]
export type EndedBy = 'shopper' | 'store' | 'time'

/** The thing as it was when it was reserved. */
export type ReservedItem = { title: string; variantTitle: string; productSlug: string; imageSrc: string | null }

export type Reservation = {
  id: string
  number: string
  status: ReservationStatus
  name: string | null
  email: string | null
  store: PickupStore
  sku: string
  item: ReservedItem
  quantity: number
  unitPriceMinor: number
  totalMinor: number
  currency: string
  createdAt: Date
  expiresAt: Date
  endedAt: Date | null
  endedBy: EndedBy | null
  reason: string | null
}
/** For whoever has its link: the code while it is good for something. */
export type OwnReservation = Reservation & { code: string | null; token: string }

/** The most one person may have at a time, and of each thing. */
export const mostAtOnce = 3
export const mostPieces = 2

const words: Record<ReservationStatus, string> = {
  placing: 'Being reserved',
  held: 'Reserved',
  refused: 'Not reserved',
  collected: 'Collected',
  lapsed: 'Lapsed',
  cancelled: 'Cancelled',
}

export const statusWords = ({ status, endedBy }: Pick<Reservation, 'status' | 'endedBy'>): string =>
  status === 'cancelled' && endedBy === 'store' ? 'Cancelled by the store' : words[status]
