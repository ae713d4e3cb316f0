// A cart as pages show it. Pure: shapes only.
import type { LineNotice } from '#app/domain/cart/notices.ts'
import type { Image } from '#app/domain/catalog/answers.ts'

export type CartLine = {
  sku: string
  variantId: string
  /** Null while the catalogue is away, or when the product is gone. */
  productSlug: string | null
  title: string
  variantTitle: string
  image: Image | null
  /** What the order would hold: lowered to what there is, 0 when gone or sold out. */
  quantity: number
  /** What the shopper asked for. */
  wanted: number
  /** The most that can be asked for now. */
  most: number
  unitPriceMinor: number
  lineTotalMinor: number
  taxCategory: string
  weightGrams: number
  notices: LineNotice[]
}

export type CartView = {
  id: string
  version: number
  status: 'open' | 'checking_out' | 'ordered' | 'merged'
  currency: string
  lines: CartLine[]
  /** Pieces that would be ordered. */
  count: number
  subtotalMinor: number
  /** False: prices and stock are those of when the things were put in; checkout has to wait. */
  live: boolean
  canCheckOut: boolean
}
