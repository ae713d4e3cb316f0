// What a shopper does, in words: the journeys are written with these. Everything goes through the pages, as a person would.
import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { inbox, ports } from './ports.ts'

export const cards = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  threeDSecure: '4000 0025 0000 3155',
}

export const newEmail = (who: string): string => `${who}-${randomUUID().slice(0, 8)}@example.com`

export type Item = { slug: string; title: string; sku: string; priceMinor: number }

/** The `place`-th published product with plenty in stock: each journey buys its own, so that none takes another's. */
export async function pickProduct(place: number): Promise<Item> {
  const api = `http://localhost:${ports.catalog}`
  const list = await (await fetch(`${api}/catalog/products?in_stock=true&sort=title&limit=60`)).json()
  const slugs: string[] = list.items.map((item: { slug: string }) => item.slug)
  const wanted = slugs[place % slugs.length]
  const product = await (await fetch(`${api}/catalog/products/${wanted}`)).json()
  const variant = product.variants.find((candidate: { available: number }) => candidate.available > 5)
  if (!variant) return pickProduct(place + 13)
  return { slug: product.slug, title: product.title, sku: variant.sku, priceMinor: variant.priceMinor }
}

export type Collectable = Item & { storeName: string; town: string }

/** The `place`-th product that a store where people collect has on its shelf, with that store. */
export async function pickCollectable(place: number): Promise<Collectable> {
  const api = `http://localhost:${ports.catalog}`
  const list = await (await fetch(`${api}/catalog/products?in_stock=true&sort=title&limit=60`)).json()
  const found: Collectable[] = []
  for (const { slug } of list.items.slice(20)) {
    const { title, variants } = await (await fetch(`${api}/catalog/products/${slug}`)).json()
    for (const { sku, priceMinor } of variants) {
      const { items } = await (await fetch(`${api}/inventory/at-stores?basket=${sku}:1&lat=53.35&lng=-6.26`)).json()
      const { store } = items.find(({ complete }: { complete: boolean }) => complete) ?? {}
      if (store) found.push({ slug, title, sku, priceMinor, storeName: store.name, town: store.city })
      if (found.length > place) return found[place] as Collectable
    }
  }
  throw new Error('no store has anything to collect')
}

/** Types a discount code on the cart page. */
export async function useCode(page: Page, code: string): Promise<void> {
  await page.goto('/cart')
  const field = page.getByLabel('Code')
  if (!(await field.isVisible())) await page.locator('summary', { hasText: /code/i }).click()
  await field.fill(code)
  await page.getByRole('button', { name: 'Apply' }).click()
}

export async function addToCart(page: Page, item: Item): Promise<void> {
  await page.goto(`/p/${item.slug}?sku=${item.sku}`)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByRole('heading', { name: 'Your cart', level: 1 })).toBeVisible()
  await expect(page.getByText(item.title).first()).toBeVisible()
}

export async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeHidden()
}

/** Makes an account, opens the link of its mail in the same browser and is logged in. */
export async function signUp(page: Page, email: string, name = 'Carla Berg'): Promise<void> {
  await page.goto('/signup')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('a quiet harbour at dawn')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  const mail = await mailTo(email, /^Confirm your e-mail address/)
  await page.goto(linkIn(mail, 'verify-email'))
  await page.getByRole('button', { name: 'Yes, confirm my address' }).click()
  await expect(page.getByRole('heading', { name: 'Your details' })).toBeVisible()
}

/** From the cart to the review page, typing a delivery address in Berlin. */
export async function goToReview(page: Page, email?: string): Promise<void> {
  await page.goto('/cart')
  await page.getByRole('button', { name: 'Checkout' }).click()
  if (email) {
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  await expect(page).toHaveURL(/\/checkout\/delivery/)
  await page.getByLabel('Full name').fill('Carla Berg')
  await page.getByLabel('Country').selectOption('DE')
  await page.getByLabel('Street and number').fill('Torstraße 12')
  await page.getByLabel('Postcode').fill('10119')
  await page.getByLabel('Town or city').fill('Berlin')
  await page.getByRole('button', { name: 'Continue' }).click()
  // Without JavaScript the ways of delivery to another country are offered after the address is known.
  const askedAgain = page.getByText('Your address is kept')
  await expect(askedAgain.or(page.getByRole('button', { name: /^Pay/ })).first()).toBeVisible()
  if (await askedAgain.isVisible()) await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/checkout\/review/)
}

/** Presses the shop's pay button and arrives at the payment page. */
export async function goToPayment(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(page).toHaveURL(new RegExp(`localhost:${ports.payments}/pay/`))
}

export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Valid until').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on the card').fill('Carla Berg')
  await page.getByRole('button', { name: /^Pay/ }).click()
}

export async function expectThanks(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: 'Thank you for your order' })).toBeVisible()
  const number = /HS-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0]
  if (!number) throw new Error('the page shows no order number')
  return number
}

type Mail = { id: string; subject: string; html: string; text: string }

/** The shop's link in a mail whose path begins with `/<path>`. */
export function linkIn(mail: Mail, path: string): string {
  const link = new RegExp(`http://localhost:\\d+/${path}\\S+`).exec(mail.text)?.[0]
  if (!link) throw new Error(`“${mail.subject}” has no link to /${path}`)
  return link
}

/** Waits for the mail to `email` whose subject fits. */
export async function mailTo(email: string, subject: RegExp): Promise<Mail> {
  let found: Mail | undefined
  await expect
    .poll(
      async () => {
        const { items } = await (await fetch(`${inbox}/api/messages?to=${encodeURIComponent(email)}`)).json()
        const brief = items.find((mail: Mail) => subject.test(mail.subject))
        if (brief) found = await (await fetch(`${inbox}/api/messages/${brief.id}`)).json()
        return items.map((mail: Mail) => mail.subject)
      },
      { message: `a mail “${subject.source}” to ${email}`, timeout: 20_000 },
    )
    .toEqual(expect.arrayContaining([expect.stringMatching(subject)]))
  if (!found) throw new Error('the mail is gone again')
  return found
}

/** Buys one item as a guest, to the thanks page. Returns the order's number. */
export async function buyAsGuest(page: Page, item: Item, email: string): Promise<string> {
  await addToCart(page, item)
  await goToReview(page, email)
  await goToPayment(page)
  await fillCard(page, cards.good)
  return expectThanks(page)
}
