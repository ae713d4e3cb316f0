import { describe, expect, test } from 'vitest'
import {
  type EventPayload,
  type EventTopic,
  eventSchemas,
  eventTopics,
} from '../../../storefront/app/domain/outbox/events.ts'
import { compose, type Mail, phoneNumber } from './compose.ts'
import { sampleOrder, samples } from './samples.ts'

const shop = { name: 'Highstreet', origin: 'https://shop.test', shopkeeperEmail: 'keeper@shop.test' }

const mailOf = <T extends EventTopic>(topic: T, payload: EventPayload<T> = samples[topic]): Mail => {
  const mail = compose(topic, payload, shop).find((message): message is Mail => message.channel === 'email')
  if (!mail) throw new Error(`${topic} makes no mail`)
  return mail
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** What a reader of the HTML sees, blanks folded. */
const visible = (html: string): string =>
  html
    .replace(/<head>[\s\S]*<\/head>|<div style="display:none[\s\S]*?<\/div>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&[a-z#0-9]+;/g, (entity) => entities[entity] ?? ' ')
    .replace(/\s+/g, ' ')

/** Letters and digits only: wrapping, rules and columns do not count. */
const words = (text: string): string[] =>
  (text.match(/[\p{L}\p{N}€£¥$@.,%/:?=&-]{2,}/gu) ?? []).map((word) => word.replace(/[:.,]+$/, ''))

/** Every address a reader can follow or load. */
const links = (html: string): string[] =>
  [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'))

/** Values whose shape the contract checks: no markup gets into them. */
const shaped =
  /^(email|newEmail|url|\w+Url|placedAt|holdUntil|collectBy|currency|country|fulfilment|paymentMethod|paidBack|channels)$/

/** Every string in the payload replaced by markup that would run if one were not escaped. */
const hostile = (value: unknown, at = ''): unknown => {
  if (Array.isArray(value)) return value.map((one) => hostile(one, at))
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hostile(one, key)]))
  if (typeof value !== 'string' || shaped.test(at)) return value
  return `"><script>alert('${at}')</script><img src=x onerror=alert(1)>\r\nBcc: thief@evil.test`
}

describe.each(eventTopics)('%s', (topic) => {
  const mail = mailOf(topic)

  test('the sample fits the contract', () => {
    expect(eventSchemas[topic].safeParse(samples[topic]).success).toBe(true)
  })

  test('has a subject, a preheader, one heading, and goes to the right person', () => {
    expect(mail.to).toBe(topic === 'stock.low' ? 'keeper@shop.test' : 'alice@example.com')
    expect(mail.subject.length).toBeGreaterThan(8)
    expect(mail.subject.length).toBeLessThanOrEqual(78)
    expect(mail.html.match(/<h1/g)).toHaveLength(1)
    expect(mail.html).toMatch(/display:none[^>]*>\S/)
    expect(mail.html).toContain('lang="en"')
    expect(mail.html).toContain('prefers-color-scheme: dark')
  })

  test('says the same in HTML and in text', () => {
    const text = mail.text.replace(/\s+/g, ' ')
    const missing = words(visible(mail.html)).filter((word) => !text.includes(word) && word !== 'Quantity')
    expect(missing).toEqual([])
    const htmlSays = `${visible(mail.html)} ${links(mail.html).join(' ')}`
    expect(words(text).filter((word) => !htmlSays.includes(word) && !/^-+$/.test(word))).toEqual([])
  })

  test('every link is absolute, every picture has words for those who cannot see it', () => {
    for (const link of links(mail.html)) expect(link).toMatch(/^https?:\/\//)
    for (const [image] of mail.html.matchAll(/<img[^>]*>/g)) {
      expect(image).toMatch(/alt="[^"]+"/)
      expect(image).toMatch(/src="https:\/\/shop\.test\/media\/[\w-]+-320\.webp"/)
    }
  })

  test('values with markup and line breaks stay words', () => {
    const evil = mailOf(topic, hostile(samples[topic]) as EventPayload<typeof topic>)
    expect(evil.html).not.toMatch(/<script|<img src=x/i)
    expect(evil.subject).not.toMatch(/[\r\n]/)
    for (const link of links(evil.html)) expect(link).toMatch(/^https?:\/\//)
    expect(evil.html.length).toBeGreaterThan(mail.html.length)
  })

  test('is small enough that no mail client cuts it off', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThan(60_000)
  })
})

describe('what the mails say', () => {
  test('mails about an order link to its own secret page', () => {
    for (const topic of eventTopics.filter((one) => one.startsWith('order.')))
      expect(links(mailOf(topic).html)).toContain(sampleOrder.url)
  })

  test('the receipt has every amount, the card, the day and where it goes', () => {
    const { text } = mailOf('order.paid')
    for (const part of ['€37.00', '€89.00', '€126.00', '-€10.00', '€4.90', '€120.90', 'Includes €22.60 of tax'])
      expect(text).toContain(part)
    for (const part of ['Visa ending in 4242', '22 November 2026', 'Alice Martin', 'D01 F5P2 Dublin', 'Ireland'])
      expect(text).toContain(part)
  })

  test('amounts follow the currency: yen have no hundredths, dinars have thousandths', () => {
    const inYen = { ...sampleOrder, currency: 'JPY', totalMinor: 12090 }
    expect(mailOf('order.paid', { order: inYen, cardBrand: null, cardLast4: null }).text).toMatch(/¥12,090(?!\.)/)
    const inDinars = { ...sampleOrder, currency: 'KWD', totalMinor: 12090 }
    expect(mailOf('order.paid', { order: inDinars, cardBrand: null, cardLast4: null }).text).toMatch(/KWD\s12\.090/)
  })

  test('free delivery is called free; no discount and no added tax leave no line', () => {
    const order = { ...sampleOrder, shippingMinor: 0, discountMinor: 0, includedTaxMinor: 0 }
    const { text } = mailOf('order.delivered', { order })
    expect(text).toMatch(/Delivery +Free/)
    expect(text).not.toMatch(/Discount|Tax|tax/)
  })

  test('a cancelled order that was not paid promises no money', () => {
    const { text } = mailOf('order.cancelled', { order: sampleOrder, reason: '', refundMinor: 0 })
    expect(text).toContain('You have not been charged.')
    expect(text).not.toMatch(/Reason|sending/)
  })

  test('a reason that is a code is written as words', () => {
    const { text } = mailOf('order.cancelled', { order: sampleOrder, reason: 'out_of_stock', refundMinor: 12090 })
    expect(text).toContain('Reason: Out of stock')
    expect(text.replace(/\s+/g, ' ')).toContain('We are sending €120.90 back')
  })

  test('a refund says whether it is all or a part', () => {
    expect(mailOf('order.refunded').text).toContain('part of your order')
    expect(mailOf('order.refunded', { order: sampleOrder, refundMinor: 12090, reason: '' }).text).toContain(
      'the whole of',
    )
  })

  test('an order that cost nothing is not told to be refunded', () => {
    const free = { order: { ...sampleOrder, totalMinor: 0 }, refundMinor: 0, reason: 'Changed my mind' }
    expect(compose('order.refunded', free, shop)).toEqual([])
  })

  test('a part of an order is announced as one parcel, all of it as the order', () => {
    const { parcel } = samples['order.shipped']
    expect(mailOf('order.shipped').subject).toBe('Your order HS-7KQ4-M2XD is on its way')
    const part = mailOf('order.shipped', {
      order: sampleOrder,
      parcel: { ...parcel, parcelNo: 2, lines: parcel.lines.slice(0, 1) },
    })
    expect(part.subject).toBe('A parcel of your order HS-7KQ4-M2XD is on its way')
    expect(part.text).toContain('Parcel 2 is on its way')
  })

  test('a tracking address that is no web page never becomes a link', () => {
    const { parcel } = samples['order.shipped']
    const mail = mailOf('order.shipped', {
      order: sampleOrder,
      parcel: { ...parcel, trackingUrl: 'javascript:alert(1)' },
    })
    expect(mail.html).not.toContain('javascript:')
    expect(mail.html).toContain('See your order')
    expect(mail.text).toContain('CE123456789IE')
  })

  test('an order whose own link is no web page is refused, not sent without it', () => {
    expect(() =>
      mailOf('order.paid', { ...samples['order.paid'], order: { ...sampleOrder, url: 'javascript:1' } }),
    ).toThrow('order.url')
  })

  test('a picture’s address never leaves the shop', () => {
    const lines = sampleOrder.lines.map((line) => ({ ...line, imageSrc: '//evil.test/x' }))
    expect(mailOf('order.paid', { ...samples['order.paid'], order: { ...sampleOrder, lines } }).html).not.toContain(
      'evil',
    )
  })
})

describe('SMS', () => {
  const smsOf = (phone: string | null) =>
    compose('order.shipped', { ...samples['order.shipped'], order: { ...sampleOrder, phone } }, shop).filter(
      (message) => message.channel === 'sms',
    )

  test('a shipped order with a number is told in one line with the tracking link', () => {
    expect(smsOf('+353 1 555-0123')).toEqual([
      {
        channel: 'sms',
        to: '+35315550123',
        text: 'Highstreet: order HS-7KQ4-M2XD is on its way with An Post. https://www.anpost.com/track?item=CE123456789IE',
      },
    ])
  })

  test('without a number, or with something that is none, there is only the mail', () => {
    expect(smsOf(null)).toEqual([])
    expect(smsOf('call me')).toEqual([])
    expect(phoneNumber('(030) 12/34-56 78')).toBe('03012345678')
    expect(phoneNumber('+1')).toBeNull()
  })

  test('an order that is ready is told with its code first, and until when in the store’s own time', () => {
    const [sms] = compose('order.ready_for_pickup', samples['order.ready_for_pickup'], shop).filter(
      (message) => message.channel === 'sms',
    )
    expect(sms?.text).toMatch(
      /^Highstreet: code 7KQ4 M2 collects order HS-7KQ4-M2XD at Highstreet Dublin, until Sunday, 29 November at 17:00\. https?:/,
    )
  })

  test('no other event is told by SMS', () => {
    const told = ['order.shipped', 'order.ready_for_pickup']
    for (const topic of eventTopics.filter((one) => !told.includes(one)))
      expect(compose(topic, samples[topic] as never, shop).map((message) => message.channel)).toEqual(['email'])
  })
})
