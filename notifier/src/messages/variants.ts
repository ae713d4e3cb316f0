// Events that read differently for another kind of order: shown by the preview beside the samples, and tested. Pure.
import type { KnownEvent } from '../event.ts'
import { sampleOrder, samplePickup, sampleStore } from './samples.ts'

const paidByCard = {
  ...samplePickup,
  paymentMethod: 'card' as const,
  couponCode: 'WELCOME10',
  invoiceUrl: 'http://localhost:5173/orders/HS-7KQ4-M2XD/invoice',
}

export const variants: { title: string; event: KnownEvent }[] = [
  { title: 'order.placed, paid at the counter', event: { topic: 'order.placed', payload: { order: samplePickup } } },
  {
    title: 'order.paid, collected in a store',
    event: { topic: 'order.paid', payload: { order: paidByCard, cardBrand: 'mastercard', cardLast4: '4444' } },
  },
  {
    title: 'order.paid, at the counter',
    event: { topic: 'order.paid', payload: { order: samplePickup, cardBrand: null, cardLast4: null } },
  },
  {
    title: 'order.ready_for_pickup, to be paid at the counter',
    event: {
      topic: 'order.ready_for_pickup',
      payload: { order: samplePickup, store: sampleStore, code: '7KQ4 M2', collectBy: '2026-11-24T18:00:00.000Z' },
    },
  },
  { title: 'order.delivered, collected', event: { topic: 'order.delivered', payload: { order: samplePickup } } },
  {
    title: 'order.cancelled, never paid',
    event: { topic: 'order.cancelled', payload: { order: sampleOrder, reason: '', refundMinor: 0 } },
  },
  {
    title: 'order.refunded, at the counter',
    event: {
      topic: 'order.refunded',
      payload: {
        order: samplePickup,
        refundMinor: 11600,
        reason: '',
        paidBack: 'in_store',
        creditNoteUrl: 'http://localhost:5173/orders/HS-7KQ4-M2XD/credit-notes/1',
      },
    },
  },
]
