// Who sells, as the settings say today. A document keeps it as it was on its day.
import type { Seller } from '#app/domain/invoices/document.ts'
import { env } from '#app/env.server.ts'

export const sellerNow = (): Seller => ({
  name: env().SHOP_NAME,
  address: (env().SHOP_ADDRESS ?? '')
    .split(',')
    .map((line) => line.trim())
    .filter(Boolean),
  taxId: env().SHOP_TAX_ID ?? null,
})
