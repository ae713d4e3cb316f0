// The JSON API as its users meet it: a script that knows only the documents, the typed client, and the example of the docs
// page run by curl as it stands.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { createCatalogClient, createClient } from '@highstreet/storefront/api-client'
import { expect, test } from '@playwright/test'
import { origin, ports } from '../journeys/ports.ts'
import { newEmail } from '../journeys/shopper.ts'
import { DocumentedApi } from './by-document.ts'

const catalogue = `http://localhost:${ports.catalog}`
const password = 'a quiet harbour at dawn'
const address = { fullName: 'Carla Berg', line1: '1 Quay Street', city: 'Dublin', postcode: 'D02 X285', country: 'IE' }

test('a script that knows only the OpenAPI documents signs up, adds an address, fills a cart, pays and reads its order', async () => {
  const shop = await DocumentedApi.read(`${origin}/api/openapi.json`)
  const products = await DocumentedApi.read(`${catalogue}/openapi.json`)
  const email = newEmail('script')
  const key = () => ({ 'idempotency-key': randomUUID() })

  expect((await shop.run('signUp', { body: { name: 'Carla Berg', email, password } })).status).toBe(202)
  const { body: session } = await shop.run('logIn', { body: { email, password } })
  const token = String(session.token)
  expect((await shop.run('getMe', { token })).body).toMatchObject({ email, role: 'customer' })

  const made = await shop.run('createAddress', { token, with: key(), body: { ...address, isDefaultShipping: true } })
  expect((await shop.run('listAddresses', { token })).body.items).toMatchObject([{ id: made.body.id, city: 'Dublin' }])

  const { body: found } = await products.run('listProducts', { with: { in_stock: true, limit: 2, sort: 'price_asc' } })
  const [mug] = found.items as { defaultSku: string; priceFromMinor: number }[]
  const once = key()
  const add = () => shop.run('addCartItem', { token, with: once, body: { sku: mug?.defaultSku, quantity: 2 } })
  const [first, second] = [await add(), await add()]
  expect(second.headers.get('Idempotency-Replayed')).toBe('true')
  expect([first.body, second.body]).toMatchObject([{ count: 2 }, { count: 2 }])

  const { body: ways } = await shop.run('listShippingOptions', { token, with: { country: 'IE' } })
  const [way] = ways.items as { code: string }[]
  const delivery = { addressId: made.body.id, shippingMethod: way?.code }
  const { body: quote } = await shop.run('setDelivery', { token, body: delivery })
  expect(quote).toMatchObject({ missing: [], email })
  expect((await shop.run('getQuote', { token })).body).toEqual(quote)

  const placed = await shop.run('createPaymentIntent', { token, with: key(), body: { seal: quote.seal } })
  expect(placed.body).toMatchObject({ orderStatus: 'awaiting_payment', amountMinor: quote.totalMinor })
  const { orderNumber } = placed.body
  const pay = (paymentMethod: string) =>
    shop.run('confirmPayment', { token, with: key(), body: { orderNumber, paymentMethod } })
  const declined = await pay('pm_card_chargeDeclined')
  expect([declined.status, declined.body.code]).toEqual([402, 'payment_declined'])
  expect((await pay('pm_card_visa')).body).toMatchObject({ orderStatus: 'paid', paymentStatus: 'succeeded' })

  const { body: order } = await shop.run('getOrder', { token, with: { number: String(orderNumber) } })
  expect(order).toMatchObject({ number: orderNumber, status: 'paid', totalMinor: quote.totalMinor })
  expect(order.lines).toMatchObject([{ sku: mug?.defaultSku, quantity: 2 }])
  expect((await shop.run('listOrders', { token })).body).toMatchObject({ total: 1 })
  const stranger = await shop.run('logIn', { body: { email: 'bob@example.com', password: 'Bob@123' } })
  const theirs = shop.run('getOrder', { token: String(stranger.body.token), with: { number: String(orderNumber) } })
  expect((await theirs).status).toBe(404)
})

test('the typed client places an order that is paid on the payment page, and cancels it', async () => {
  const email = newEmail('typed')
  let token: string | null = null
  const shop = createClient({ origin, token: () => token })
  await shop.POST('/auth/signup', { body: { name: 'Carla Berg', email, password } })
  token = (await shop.POST('/auth/login', { body: { email, password } })).data?.token ?? null
  const { data: products } = await createCatalogClient(catalogue).GET('/catalog/products', {
    params: { query: { in_stock: true, limit: 1 } },
  })
  const sku = products?.items[0]?.defaultSku ?? ''
  expect((await shop.POST('/cart/items', { body: { sku, quantity: 1 } })).data?.count).toBe(1)
  const { data: ways } = await shop.GET('/cart/shipping-options')
  const shippingMethod = ways?.items[0]?.code ?? ''
  const { data: quote } = await shop.PUT('/cart/delivery', { body: { address, shippingMethod } })
  const { data: placed } = await shop.POST('/checkout/place-order', { body: { seal: quote?.seal ?? '' } })
  expect(placed?.paymentUrl).toContain(`:${ports.payments}/pay/`)
  const params = { path: { number: placed?.orderNumber ?? '' } }
  expect((await shop.GET('/orders/{number}', { params })).data).toMatchObject({ status: 'awaiting_payment' })
  expect((await shop.POST('/orders/{number}/cancel', { params })).data).toMatchObject({ status: 'cancelled' })
  const again = await shop.POST('/checkout/confirm', {
    body: { orderNumber: placed?.orderNumber, paymentMethod: 'pm_card_visa' },
  })
  expect([again.response.status, again.error?.code]).toEqual([409, 'illegal_transition'])
})

test('the example of the docs page runs as it stands', async () => {
  const { info } = (await (await fetch(`${origin}/api/openapi.json`)).json()) as { info: { description: string } }
  const script = /```sh\n([\s\S]*?)```/.exec(info.description)?.[1] ?? ''
  const env = { ...process.env, SHOP: `${origin}/api`, CATALOG: catalogue, EMAIL: newEmail('curl') }
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { env })
  expect(stdout).toMatch(/"paymentStatus":"succeeded".*"status":"paid"/s)
})

test('the docs page and its files come from this shop alone, behind the headers of every page', async () => {
  const page = await fetch(`${origin}/api/docs`)
  const text = await page.text()
  expect(page.headers.get('Content-Security-Policy')).toMatch(
    /^default-src 'none'; script-src 'nonce-[^']+'; style-src/,
  )
  const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) expect((await fetch(new URL(file, origin))).status, file).toBe(200)
})
