// Whoever types a slip, a SKU, a price in words or nonsense lands somewhere good; each facet narrows the list and can be
// taken away; suggestions are there for the keyboard; the shopkeeper mends a search that found nothing.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { ports } from './ports.ts'
import { logInAsAdmin, staffPage } from './shopkeeper.ts'
import { pickProduct } from './shopper.ts'

async function searchFor(page: Page, words: string): Promise<void> {
  const box = page.getByLabel('Search the shop')
  await box.fill(words)
  await box.press('Enter')
}

/** How many products the page says its list holds. */
const listed = async (page: Page) => Number.parseInt((await page.locator('#list-count').textContent()) ?? '', 10)

/** Checks the box of `value`, as a person without scripts would too, and gives the number that stood beside it. */
async function choose(page: Page, facet: string, value: string): Promise<number> {
  const details = page.locator('details[name=facet]', { has: page.locator('summary', { hasText: facet }) }).first()
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
  const box = details.getByRole('checkbox', { name: new RegExp(`^${value}\\s*,`) })
  const promised = /\d+$/.exec((await box.locator('..').textContent()) ?? '')?.[0]
  await box.check()
  const show = details.getByRole('button', { name: 'Show' })
  if (await show.isVisible()) await show.click()
  await expect(page.getByRole('link', { name: `Remove filter: ${facet}: ${value}` })).toBeVisible()
  return Number(promised)
}

const scripts = /\.js(\?|$)/

/** No script arrives before the answer is called. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(scripts, (route) => held.then(() => route.continue()))
  return release
}

const isScripted = () => test.info().project.use.javaScriptEnabled !== false

test('a slip of the pen, a SKU, a price in words and nonsense all lead somewhere', async ({ page }) => {
  await page.goto('/')
  await searchFor(page, 'hedphones')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('“headphones”')
  await expect(page.getByRole('link', { name: /headphones/i }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Search for exactly that' }).click()
  await expect(page.getByText('We found nothing for that')).toBeVisible()

  await searchFor(page, 'blue mug under 20')
  await expect(page.getByRole('heading', { name: 'Everyday mug' })).toBeVisible()
  await page.getByRole('link', { name: 'Remove filter: Up to €20' }).click()
  await expect(page).toHaveURL(/\/search\?q=blue(\+|%20)mug$/)
  await expect(page.getByRole('link', { name: /Remove filter/ })).toHaveCount(0)

  const item = await pickProduct(20)
  await searchFor(page, ` ${item.sku.toLowerCase()} `)
  await expect(page).toHaveURL(new RegExp(`/p/${item.slug}\\?sku=${item.sku}$`))

  const mug = await (await fetch(`http://localhost:${ports.catalog}/catalog/products/everyday-mug`)).json()
  const { sku, barcode } = mug.variants[1]
  await searchFor(page, barcode)
  await expect(page).toHaveURL(`/p/everyday-mug?sku=${sku}`)

  await searchFor(page, 'zzyzx hedphones')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('“zzyzx headphones”')
  await expect(page.getByText('Nothing has all of these words. These have some of them.')).toBeVisible()
  await expect(page.getByRole('link', { name: /headphones/i }).first()).toBeVisible()

  // How frequent a word is, is counted in the background.
  await expect(async () => {
    await page.goto('/search?q=cooks')
    await page.getByRole('link', { name: 'books', exact: true }).click({ timeout: 1_000 })
  }).toPass()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('“books”')

  await searchFor(page, `"'&:* ) (☃ ${'مرحبا '.repeat(20)}`)
  await expect(page.getByText('We found nothing for that')).toBeVisible()
  await page.getByRole('navigation', { name: 'Suggested categories' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/c\//)
})

test('each facet narrows the list, stands in the address and can be taken away', async ({ page }) => {
  await page.goto('/search?q=every')
  const count = () =>
    page
      .locator('#list-count')
      .textContent()
      .then((text) => Number.parseInt(text ?? '', 10))
  const all = await count()
  const facets = ['Category', 'Colour', 'Made in', 'Brand', 'Rating']
  for (const name of facets) {
    const facet = page.locator('details[name=facet]', { has: page.locator('summary', { hasText: name }) }).first()
    await facet.locator('summary').click()
    const box = facet.locator('label', { hasText: /[1-9]/ }).first().locator('input')
    await box.check()
    if (!isScripted()) await facet.getByRole('button', { name: 'Show' }).click()
    await expect(page.getByRole('link', { name: /^Remove filter/ })).toHaveCount(1)
    expect(await count()).toBeLessThanOrEqual(all)
    expect(await count()).toBeGreaterThan(0)
    // At once, and the keyboard stays where it was.
    if (isScripted()) {
      await expect(box).toBeFocused()
      await box.press('Escape')
      await expect(facet).not.toHaveAttribute('open')
    }
    await page.getByRole('link', { name: /^Remove filter/ }).click()
    await expect(page.getByRole('link', { name: /^Remove filter/ })).toHaveCount(0)
    expect(await count()).toBe(all)
  }
  await page.getByRole('checkbox', { name: 'In stock' }).check()
  await page.getByLabel('Lowest price').fill('20')
  await page.getByLabel('Highest price').fill('60')
  await page.getByRole('button', { name: 'Apply price' }).click()
  await expect(page.getByRole('link', { name: /^Remove filter/ })).toHaveCount(3)
  await expect(page).toHaveURL('/search?q=every&min=20&max=60&stock=1')
  await page.getByRole('link', { name: 'Clear all' }).click()
  await expect(page).toHaveURL('/search?q=every')
})

test('a list stands in each order that is offered, and by its own again', async ({ page }) => {
  await page.goto('/c/clothing')
  const cards = async <T>(read: (card: string) => T): Promise<T[]> =>
    (await page.getByRole('main').getByRole('article').allInnerTexts()).map(read)
  const sortBy = async (sort: string) => {
    await page.getByLabel('Sort').selectOption(sort)
    if (!isScripted()) await page.getByRole('button', { name: 'Show' }).click()
    await expect(page).toHaveURL(sort ? `/c/clothing?sort=${sort}` : '/c/clothing')
  }
  const price = (card: string) => Number(/€([\d.]+)/.exec(card)?.[1])
  const stars = (card: string) => Number(/([\d.]+) out of 5/.exec(card)?.[1] ?? 0)
  const title = (card: string) => card.split('\n')[0]?.toLowerCase() ?? ''
  const ascending = (a: number | string, b: number | string) => (a < b ? -1 : Number(a > b))
  const own = await cards(title)
  for (const [sort, read, isFalling] of [
    ['price_asc', price, false],
    ['price_desc', price, true],
    ['rating', stars, true],
    ['title', title, false],
  ] as const) {
    await sortBy(sort)
    await expect(async () => {
      const found = await cards<number | string>(read)
      const due = [...found].sort(ascending)
      expect(found, sort).toEqual(isFalling ? due.reverse() : due)
      expect(new Set(found).size, sort).toBeGreaterThan(1)
    }).toPass({ timeout: 5_000 })
  }
  await sortBy('')
  await expect.poll(() => cards(title)).toEqual(own)
})

test('what a box promises the list then holds; filters are kept in another order and on the next page, and go one by one', async ({
  page,
}) => {
  // Until scripts have come, or when they never do, a button applies what is checked.
  if (isScripted()) await page.route(scripts, (route) => route.abort())
  await page.goto('/c/clothing')
  const all = await listed(page)
  const forest = await choose(page, 'Colour', 'Forest')
  expect(await listed(page)).toBe(forest)
  await page.unroute(scripts)
  if (isScripted()) {
    await page.reload()
    await expect(page.getByRole('button', { name: 'Show' })).toHaveCount(0)
  }
  const ink = await choose(page, 'Colour', 'Ink')
  const either = await listed(page)
  expect(either).toBeGreaterThan(Math.max(forest, ink))
  expect(either).toBeLessThanOrEqual(forest + ink)
  const medium = await choose(page, 'Size', 'M')
  expect(await listed(page)).toBe(medium)
  await page.getByRole('link', { name: 'Remove filter: Colour: Ink' }).click()
  await expect(page).toHaveURL('/c/clothing?opt=Colour%3AForest&opt=Size%3AM')
  await expect(page.getByRole('link', { name: /^Remove filter/ })).toHaveCount(2)
  await page.getByRole('link', { name: 'Clear all' }).click()
  await expect(page.locator('#list-count')).toHaveText(`${all} products`)

  const letScriptsCome = isScripted() ? await holdScripts(page) : () => {}
  await page.goto('/c/clothing', { waitUntil: 'commit' })
  await page.getByRole('checkbox', { name: 'In stock' }).check()
  await page.getByLabel('Sort').selectOption('price_asc')
  // Scripts that come late take up what was chosen before them.
  letScriptsCome()
  if (!isScripted()) await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL('/c/clothing?stock=1&sort=price_asc')
  const inStock = await listed(page)
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL(/\/c\/clothing\?stock=1&sort=price_asc&cursor=/)
  await expect(page.getByRole('checkbox', { name: 'In stock' })).toBeChecked()
  await expect(page.getByLabel('Sort')).toHaveValue('price_asc')
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(inStock - 24)

  await page.goto('/stores/melbourne')
  await page.getByRole('button', { name: /Make this my store/ }).click()
  await expect(page.getByText('Your store', { exact: true })).toBeVisible()
  await page.goto('/c/clothing')
  const here = page.getByRole('checkbox', { name: /^At Highstreet Melbourne/ })
  const promised = /\d+$/.exec((await here.locator('..').textContent()) ?? '')?.[0]
  await here.check()
  if (!isScripted()) await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('link', { name: 'Remove filter: At Highstreet Melbourne' })).toBeVisible()
  expect(await listed(page)).toBe(Number(promised))
  expect(Number(promised)).toBeLessThan(all)
})

test('suggestions are chosen by the keyboard, and never in the way of Enter; without JavaScript the box is plain', async ({
  page,
}) => {
  await page.goto('/')
  if (!isScripted()) {
    await expect(page.getByRole('combobox', { name: 'Search the shop' })).toHaveCount(0)
    await searchFor(page, 'teapot')
    await expect(page).toHaveURL('/search?q=teapot')
    return
  }
  const box = page.getByRole('combobox', { name: 'Search the shop' })
  await box.pressSequentially('everyday m')
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')
  await expect(options.first()).toBeVisible()
  await box.press('Escape')
  await expect(options).toHaveCount(0)
  await expect(box).toHaveValue('everyday m')
  await box.pressSequentially('u')
  await expect(options.first()).toContainText('Everyday mug')
  await box.press('ArrowDown')
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await box.press('Enter')
  await expect(page).toHaveURL(/\/p\/everyday-mug/)
  await box.fill('teapot')
  await box.press('Enter')
  await expect(page).toHaveURL('/search?q=teapot')
  await expect(options).toHaveCount(0)
})

test('the shopkeeper finds what was searched for in vain, and mends it with a synonym', async ({ page, browser }) => {
  const word = `kettleish${randomUUID().replace(/[^a-f]/g, '')}`
  await page.goto(`/search?q=${word}`)
  await expect(page.getByText('We found nothing for that')).toBeVisible()

  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await admin.goto('/admin/finding')
  await admin.getByRole('link', { name: `Add a synonym for ${word}` }).click()
  await expect(admin.getByLabel('Who types')).toHaveValue(word)
  await admin.getByLabel('Also finds').fill('teapot')
  await admin.getByRole('button', { name: 'Show what changes' }).click()
  await expect(admin.getByText('Now: 0 products')).toBeVisible()
  const promised = admin.getByText(/^With this synonym: /)
  const products = ((await promised.textContent()) ?? '').replace('With this synonym: ', '')
  await admin.getByRole('button', { name: 'Save synonym' }).click()
  await expect(admin.getByText(`“${word}” is saved.`)).toBeVisible()
  await admin.goto('/admin/finding')
  await expect(admin.getByRole('link', { name: `Add a synonym for ${word}` })).toHaveCount(0)
  await admin.context().close()

  await page.reload()
  await expect(page.locator('#list-count')).toHaveText(products)
  await expect(page.getByRole('heading', { name: /teapot/i }).first()).toBeVisible()
})
