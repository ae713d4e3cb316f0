// What changed for a cart's lines since they were put in, in words: price up or down, only some left, gone. Pure.
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { formatMoney } from '#app/lib/money.ts'

export const maxQuantity = 99

export type LineNotice = { kind: 'price_up' | 'price_down' | 'lowered' | 'sold_out' | 'gone'; text: string }

/** Whether a variant can be bought at all, stock apart. */
export const isOnSale = (variant: Pick<ListedVariant, 'status' | 'productStatus'>): boolean =>
  variant.status === 'active' && variant.productStatus === 'published'

/** How many of `wanted` the shop can sell now; 0 when gone or sold out. */
export const sellable = (wanted: number, variant: ListedVariant | undefined): number =>
  variant && isOnSale(variant) ? Math.max(0, Math.min(wanted, variant.available, maxQuantity)) : 0

/** The notices of one line; empty when all is as the shopper saw it. */
export function noticesOf(
  item: { quantity: number; seenPriceMinor: number },
  variant: ListedVariant | undefined,
): LineNotice[] {
  if (!variant || !isOnSale(variant))
    return [{ kind: 'gone', text: 'No longer sold. It will not be part of your order.' }]
  if (variant.available < 1)
    return [{ kind: 'sold_out', text: 'Sold out at the moment. It will not be part of your order.' }]
  const notices: LineNotice[] = []
  if (variant.available < item.quantity)
    notices.push({
      kind: 'lowered',
      text: `Only ${variant.available} left: quantity lowered from ${item.quantity}.`,
    })
  if (variant.priceMinor !== item.seenPriceMinor) {
    const money = (minor: number) => formatMoney(minor, variant.currency)
    const [was, now] = [money(item.seenPriceMinor), money(variant.priceMinor)]
    notices.push(
      variant.priceMinor > item.seenPriceMinor
        ? { kind: 'price_up', text: `The price went up from ${was} to ${now} since you added it.` }
        : { kind: 'price_down', text: `Good news: the price fell from ${was} to ${now}.` },
    )
  }
  return notices
}
