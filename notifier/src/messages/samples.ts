// One good event of each topic: for the preview page, the API's examples and the tests. Never sent by itself. Pure.
import type { EventPayload, EventTopic, OrderSnapshot } from '../../../storefront/app/domain/outbox/events.ts'

export const sampleOrder: OrderSnapshot = {
  number: 'HS-7KQ4-M2XD',
  url: 'http://localhost:5173/orders/HS-7KQ4-M2XD?token=sample',
  placedAt: '2026-11-22T09:30:00.000Z',
  email: 'alice@example.com',
  phone: '+353 1 555 0123',
  currency: 'EUR',
  lines: [
    {
      title: 'Morning Mug',
      variantTitle: 'Sage / 350 ml',
      sku: 'MUG-SAG-350',
      quantity: 2,
      unitPriceMinor: 1850,
      lineTotalMinor: 3700,
      imageSrc: '/media/morning-mug-sage',
    },
    {
      title: 'Bedside Reading Lamp',
      variantTitle: 'Brass',
      sku: 'LAMP-BRA',
      quantity: 1,
      unitPriceMinor: 8900,
      lineTotalMinor: 8900,
      imageSrc: '/media/reading-lamp-brass',
    },
  ],
  subtotalMinor: 12600,
  discountMinor: 1000,
  shippingMinor: 490,
  taxMinor: 0,
  includedTaxMinor: 2260,
  totalMinor: 12090,
  shippingAddress: {
    fullName: 'Alice Martin',
    company: null,
    line1: '12 Harbour Row',
    line2: 'Flat 3',
    city: 'Dublin',
    region: null,
    postcode: 'D01 F5P2',
    country: 'IE',
    phone: '+353 1 555 0123',
  },
  shippingMethodName: 'Standard delivery, 2 to 4 days',
}

export const samples: { [T in EventTopic]: EventPayload<T> } = {
  'order.placed': { order: sampleOrder },
  'order.paid': { order: sampleOrder, cardBrand: 'visa', cardLast4: '4242' },
  'order.shipped': {
    order: sampleOrder,
    parcel: {
      parcelNo: 1,
      carrier: 'An Post',
      trackingNumber: 'CE123456789IE',
      trackingUrl: 'https://www.anpost.com/track?item=CE123456789IE',
      lines: [
        { title: 'Morning Mug', variantTitle: 'Sage / 350 ml', sku: 'MUG-SAG-350', quantity: 2 },
        { title: 'Bedside Reading Lamp', variantTitle: 'Brass', sku: 'LAMP-BRA', quantity: 1 },
      ],
    },
  },
  'order.delivered': { order: sampleOrder },
  'order.cancelled': { order: sampleOrder, reason: 'Changed my mind', refundMinor: 12090 },
  'order.refunded': { order: sampleOrder, refundMinor: 1850, reason: 'One mug arrived broken' },
  'account.welcome': { email: 'alice@example.com', name: 'Alice', url: 'http://localhost:5173/account' },
  'stock.low': {
    sku: 'MUG-SAG-350',
    title: 'Morning Mug',
    variantTitle: 'Sage / 350 ml',
    storeName: 'Dublin, Harbour Row',
    onHand: 4,
    reserved: 1,
    threshold: 4,
  },
}
