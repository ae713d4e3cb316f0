import { expect, test } from './journey.ts'
import { ports } from './ports.ts'
import { logInAsAdmin, staffPage } from './shopkeeper.ts'
import { mailTo, newEmail } from './shopper.ts'

type Store = {
  slug: string
  name: string
  city: string
  postcode: string
  latitude: number
  longitude: number
  coming: { opens: string; closes: string }[]
  stock: { available: number }
}

const hour = 3_600_000
/** Open for two hours within the next day and a half: also on a holiday there is such a store somewhere. */
const opensSoon = ({ coming }: Store): boolean =>
  coming.reduce((sum, { opens, closes }) => {
    const end = Math.min(Date.parse(closes), Date.now() + 36 * hour)
    return sum + Math.max(0, end - Math.max(Date.parse(opens), Date.now()))
  }, 0) >=
  2 * hour

/** The `place`-th thing that lies in a store which keeps things for people and opens soon. */
async function pickReservable(place: number) {
  const api = `http://localhost:${ports.catalog}`
  const list = await (await fetch(`${api}/catalog/products?in_stock=true&sort=title&limit=60`)).json()
  let found = 0
  for (const { slug } of list.items.slice(30)) {
    const { title, variants } = await (await fetch(`${api}/catalog/products/${slug}`)).json()
    for (const { sku } of variants) {
      const asked = `${api}/stores?limit=100&service=click_and_collect&in_stock=true&sku=${sku}`
      const { items } = (await (await fetch(asked)).json()) as { items: Store[] }
      const store = items.find((one) => one.stock.available > 2 && opensSoon(one))
      if (store && found++ === place) return { sku, slug: slug as string, title: title as string, store }
    }
  }
  throw new Error('no store has anything to reserve')
}

test('a shopper finds a store, makes it theirs, reserves a thing there and collects it with a code that is good once', async ({
  page,
  browser,
}) => {
  const scripted = test.info().project.use.javaScriptEnabled !== false
  const email = newEmail('reserve')
  const { sku, slug, title, store } = await pickReservable(scripted ? 0 : 1)

  await page.goto('/stores')
  await page.getByLabel('Town or postcode').fill(store.city)
  await page.getByLabel('Click and collect').check()
  await page.getByRole('button', { name: 'Find stores' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Stores near/ })).toBeVisible()
  await expect(page).toHaveURL(/service=click_and_collect/)
  const entry = page.locator(`[data-store="${store.slug}"]`)
  await expect(entry).toContainText(/Open now|Closed/)
  await expect(entry.getByRole('link', { name: /Directions/ })).toHaveAttribute(
    'href',
    /openstreetmap\.org\/directions/,
  )
  if (scripted) {
    const pin = page.locator('.map-pin').first()
    await expect(pin).toBeVisible()
    await entry.hover()
    await expect(page.locator('.map-pin-lifted')).toHaveCount(1)
    await entry.getByRole('button', { name: /On the map/ }).click()
    await expect(page.locator('.leaflet-popup')).toContainText(store.name)
    await expect(entry).toHaveAttribute('data-selected', '')
  }
  await entry.getByRole('button', { name: /Make this my store/ }).click()
  await expect(entry.getByText('Your store')).toBeVisible()

  await page.goto(`/p/${slug}?sku=${sku}`)
  await expect(page.getByText(`Your store, ${store.name}`)).toBeVisible()
  await page
    .getByRole('link', { name: `Reserve at ${store.name}` })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(store.name)
  await page.getByLabel('Your name').fill('Carla Berg')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Reserve it' }).click()
  await expect(page.getByRole('heading', { name: /^Reservation RS-/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  const code =
    /[2-9A-Z]{3} [2-9A-Z]{3}/.exec((await page.getByText('Your code').locator('..').textContent()) ?? '')?.[0] ?? ''
  const mail = await mailTo(email, /^Reserved for you until/)
  expect(mail.text).toContain(code)

  const staff = await staffPage(browser)
  await logInAsAdmin(staff)
  await staff.goto('/admin/counter')
  await staff.getByLabel('Store', { exact: true }).selectOption({ value: store.slug })
  await staff.getByRole('button', { name: 'Show' }).click()
  await expect(staff.getByRole('heading', { level: 1 })).toContainText(store.name)
  for (const [typed, said] of [
    ['AAAAAA', /No reservation of this store has this code/],
    [code.toLowerCase(), /The code is right/],
    [code, /used already/],
  ] as const) {
    await staff.getByLabel('Code that the shopper shows').fill(typed)
    await staff.getByRole('button', { name: 'Check off' }).click()
    await expect(staff.getByText(said).first()).toBeVisible()
  }
  await staff.context().close()

  await page.reload()
  await expect(page.getByText('Handed over and paid in the store')).toBeVisible()
})

test('a shopper asks by postcode, radius and miles, chooses a store for a list, reserves a thing once and lets it go', async ({
  page,
}) => {
  const scripted = test.info().project.use.javaScriptEnabled !== false
  const email = newEmail('lets-go')
  const { sku, slug, title, store } = await pickReservable(scripted ? 2 : 3)

  await page.goto('/stores?q=Nowhere-at-all')
  await expect(page.getByRole('heading', { name: 'We do not know “Nowhere-at-all”' })).toBeVisible()
  if (scripted) {
    await page.getByRole('button', { name: 'Use my position' }).click()
    await expect(page.getByText('Your browser did not tell us where you are.')).toBeVisible()
    await page.context().grantPermissions(['geolocation'])
    await page.context().setGeolocation(store)
    await page.getByRole('button', { name: 'Use my position' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Stores near you' })).toBeVisible()
    await expect(page.locator('[data-store]').first()).toHaveAttribute('data-store', store.slug)
  } else await expect(page.getByRole('button', { name: 'Use my position' })).toHaveCount(0)
  await page.getByLabel('Town or postcode').fill(store.postcode)
  await page.getByLabel('Within').selectOption('25')
  await page.getByRole('button', { name: 'Find stores' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Stores near/ })).toContainText(store.postcode)
  await page.getByRole('link', { name: 'Show miles' }).click()
  await expect(page.getByText(/within 25 mi, nearest first/)).toBeVisible()
  await page.getByLabel('Open now').check()
  await page.getByRole('button', { name: 'Find stores' }).click()
  await expect(page).toHaveURL(/open=1/)
  await expect(page.locator('[data-store]').filter({ hasText: 'Closed' })).toHaveCount(0)

  await page.goto(`/p/${slug}?sku=${sku}`)
  await page.getByText(/^Available at \d+ store/).click()
  await page.getByRole('link', { name: 'All stores that have it' }).click()
  await expect(page.getByRole('heading', { name: 'Stores that have it' })).toBeVisible()
  await expect(page.locator(`[data-store="${store.slug}"]`)).toContainText(/\d (left )?here/)

  const list = '/search?q=mug&stock=1'
  await page.goto(`/stores?back=${encodeURIComponent(list)}`)
  await page
    .locator(`[data-store="${store.slug}"]`)
    .getByRole('button', { name: /Make this my store/ })
    .click()
  await expect(page).toHaveURL(/\/search\?q=mug&stock=1/)
  await expect(page.getByText(`At ${store.name}`)).toBeVisible()
  await page.goto(`/stores/${store.slug}`)
  await expect(page.getByRole('heading', { name: 'Opening hours' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Monday/ })).toBeVisible()
  await page.getByRole('button', { name: 'Forget my store' }).click()
  await expect(page.getByRole('button', { name: 'Make this my store' })).toBeVisible()

  const reserve = async () => {
    await page.goto(`/stores/${store.slug}/reserve?sku=${sku}`)
    await page.getByLabel('Your name').fill('Carla Berg')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Reserve it' }).click()
  }
  await reserve()
  await expect(page.getByRole('heading', { name: /^Reservation RS-/ })).toBeVisible()
  const own = page.url()
  await reserve()
  await expect(page.getByText('This is reserved for this e-mail address already').first()).toBeVisible()
  await page.goto(own)
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await page.getByRole('button', { name: 'Let it go' }).click()
  await expect(page.getByText('You let it go')).toBeVisible()
})
