// The numbers of pickup, held together with checkout's: how long things are kept, and how much may be held unpaid. Pure.

/** The longest hold catalog-api grants: things that are paid at the counter. */
export const inStoreHoldSeconds = 48 * 3600
/** Until when they can be collected: a little before the hold ends, so that a sale at the last minute finds its goods. */
export const inStoreCollectSeconds = inStoreHoldSeconds - 15 * 60
/** How long a paid order lies at the counter before staff are asked to look after it. */
export const paidCollectSeconds = 7 * 24 * 3600

/** Holds that nobody paid for empty shelves: so many orders of one person at a time … */
export const mostUnpaidHolds = 3
/** … of so many pieces. */
export const mostUnpaidPieces = 20

export const fulfilments = ['delivery', 'pickup'] as const
export type Fulfilment = (typeof fulfilments)[number]
export const paymentMethods = ['card', 'in_store'] as const
export type PaymentMethod = (typeof paymentMethods)[number]
/** How the money came over the counter. */
export const tenders = ['cash', 'card'] as const
export type Tender = (typeof tenders)[number]
