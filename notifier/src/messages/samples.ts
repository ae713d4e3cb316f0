// One good event of each topic: for the preview page, the API's examples and the tests. Never sent by itself. Pure.
import type {
  EventPayload,
  EventTopic,
  OrderSnapshot,
  PickupStore,
} from '../../../storefront/app/domain/outbox/events.ts'

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
      imageSrc: '/media/everyday-mug-sage',
    },
    {
      title: 'Kitchen Radio',
      variantTitle: 'Cream',
      sku: 'RADIO-CRE',
      quantity: 1,
      unitPriceMinor: 8900,
      lineTotalMinor: 8900,
      imageSrc: '/media/kitchen-radio-cream',
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

export const sampleStore: PickupStore = {
  name: 'Highstreet Dublin',
  line1: '4 Harbour Row',
  city: 'Dublin',
  phone: '+353 1 555 0100',
  hoursText: 'Monday to Saturday 9:00 to 19:00\nSunday 12:00 to 17:00',
  timezone: 'Europe/Dublin',
}

/** The same order, to be collected and paid at the counter. */
export const samplePickup: OrderSnapshot = {
  ...sampleOrder,
  fulfilment: 'pickup',
  paymentMethod: 'in_store',
  pickupStore: sampleStore,
  holdUntil: '2026-11-24T18:00:00.000Z',
  shippingMinor: 0,
  totalMinor: 11600,
  shippingMethodName: 'Pickup in the store',
}

const mug = { title: 'Morning Mug', variantTitle: 'Sage / 350 ml', sku: 'MUG-SAG-350', quantity: 1 }
const sampleReturn = { order: sampleOrder, returnNumber: 'RT-4F7K', lines: [mug] }

const sampleReservation = {
  email: 'alice@example.com',
  name: 'Alice',
  reservation: {
    number: 'RS-7KQ4-M2XD',
    url: 'http://localhost:5173/reservations/RS-7KQ4-M2XD?token=sample',
    title: 'Morning Mug',
    variantTitle: 'Sage / 350 ml',
    sku: 'MUG-SAG-350',
    imageSrc: '/media/everyday-mug-sage',
    quantity: 1,
    totalMinor: 1850,
    currency: 'EUR',
    store: sampleStore,
  },
}

export const samples: { [T in EventTopic]: EventPayload<T> } = {
  'order.placed': { order: sampleOrder },
  'order.paid': { order: sampleOrder, cardBrand: 'visa', cardLast4: '4242' },
  'order.shipped': {
    channels: ['email', 'sms'],
    order: sampleOrder,
    parcel: {
      parcelNo: 1,
      carrier: 'An Post',
      trackingNumber: 'CE123456789IE',
      trackingUrl: 'https://www.anpost.com/track?item=CE123456789IE',
      lines: [
        { title: 'Morning Mug', variantTitle: 'Sage / 350 ml', sku: 'MUG-SAG-350', quantity: 2 },
        { title: 'Kitchen Radio', variantTitle: 'Cream', sku: 'RADIO-CRE', quantity: 1 },
      ],
    },
  },
  'order.delivered': { order: sampleOrder },
  'order.cancelled': { order: sampleOrder, reason: 'Changed my mind', refundMinor: 12090 },
  'order.refunded': { order: sampleOrder, refundMinor: 1850, reason: 'One mug arrived broken' },
  'order.ready_for_pickup': {
    channels: ['email', 'sms'],
    order: { ...samplePickup, paymentMethod: 'card' },
    store: sampleStore,
    code: '7KQ4 M2',
    collectBy: '2026-11-29T17:00:00.000Z',
  },
  'order.return_requested': { ...sampleReturn, reason: 'The handle has a crack' },
  'order.return_approved': {
    ...sampleReturn,
    instructions: 'The label is on the page of your return; any post office takes the parcel.',
    note: 'Sorry about the crack: the postage is on us',
  },
  'order.return_rejected': { ...sampleReturn, note: 'It was bought more than 30 days ago' },
  'order.return_received': { ...sampleReturn, refundMinor: 1850 },
  'order.note': {
    order: sampleOrder,
    note: 'The sage mugs are being glazed right now and leave on Thursday.\nIf that is too late for you, just reply.',
  },
  'account.verify_email': {
    email: 'alice@example.com',
    name: 'Alice',
    url: 'http://localhost:5173/verify-email?token=sample',
    expiresMinutes: 1440,
  },
  'account.reset_password': {
    email: 'alice@example.com',
    name: 'Alice',
    url: 'http://localhost:5173/reset-password?token=sample',
    expiresMinutes: 30,
  },
  'account.exists': {
    email: 'alice@example.com',
    name: 'Alice',
    loginUrl: 'http://localhost:5173/login',
    resetUrl: 'http://localhost:5173/forgot-password',
  },
  'account.confirm_new_email': {
    email: 'alice@example.com',
    name: 'Alice',
    url: 'http://localhost:5173/confirm-email?token=sample',
    expiresMinutes: 60,
  },
  'account.email_changed': { email: 'alice@example.com', name: 'Alice', newEmail: 'alice.martin@example.com' },
  'account.password_changed': { email: 'alice@example.com', name: 'Alice' },
  'account.staff_invited': {
    email: 'alice@example.com',
    name: 'Alice',
    role: 'Warehouse',
    invitedBy: 'Ada Admin',
    url: 'http://localhost:5173/invitation?token=sample',
    expiresMinutes: 10080,
  },
  'review.approved': {
    email: 'alice@example.com',
    name: 'Alice',
    productTitle: 'Morning Mug',
    url: 'http://localhost:5173/products/morning-mug',
    unsubscribeUrl: 'http://localhost:5173/unsubscribe?token=sample',
  },
  'review.rejected': {
    email: 'alice@example.com',
    name: 'Alice Martin',
    productTitle: 'Morning Mug',
    url: 'http://localhost:5173/p/morning-mug#reviews',
    reason: 'It tells something private: a name, an address, an order. Please leave out the number of your order.',
    unsubscribeUrl: 'http://localhost:5173/unsubscribe?token=sample',
  },
  'review.replied': {
    email: 'alice@example.com',
    name: 'Alice Martin',
    productTitle: 'Morning Mug',
    url: 'http://localhost:5173/p/morning-mug#reviews',
    reply: 'Thank you, Alice.\nThe lid you are asking for comes in spring.',
    unsubscribeUrl: 'http://localhost:5173/unsubscribe?token=sample',
  },
  'review.requested': {
    email: 'alice@example.com',
    name: 'Alice Martin',
    order: { number: 'HS-7KQ4-M2XD', placedAt: '2026-11-22T09:30:00.000Z' },
    items: [
      {
        productTitle: 'Morning Mug',
        imageSrc: '/media/everyday-mug-sage',
        url: 'http://localhost:5173/review?token=sample-mug',
      },
      {
        productTitle: 'Kitchen Radio',
        imageSrc: '/media/kitchen-radio-cream',
        url: 'http://localhost:5173/review?token=sample-radio',
      },
    ],
    expiresDays: 60,
    unsubscribeUrl: 'http://localhost:5173/unsubscribe?token=sample',
  },
  'reservation.held': { ...sampleReservation, code: '7KQ 4M2', holdUntil: '2026-11-22T16:30:00.000Z' },
  'reservation.lapsed': sampleReservation,
  'reservation.cancelled': { ...sampleReservation, reason: 'The last one on the shelf has a crack' },
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
