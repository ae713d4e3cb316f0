// axe finds nothing on any page, on phone and desktop, light and dark. axe itself is a script: "without JavaScript" here
// means that none of the page's own scripts arrives.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { logInAsAdmin } from './shopkeeper.ts'
import { addToCart, goToReview, logIn, newEmail, pickProduct } from './shopper.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const withoutScripts = () => test.info().project.name === 'without JavaScript'
test.use({ javaScriptEnabled: true })
test.beforeEach(async ({ page }) => {
  test.setTimeout(180_000)
  if (withoutScripts()) await page.route('**/*.js', (route) => route.abort())
})

async function expectAccessible(page: Page, path: string): Promise<void> {
  const messages: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !withoutScripts()) messages.push(message.text())
  })
  for (const colorScheme of ['light', 'dark'] as const) {
    // Chosen before the page comes: a colour half-way through its change is not the page's own.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(path)
    const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
    expect.soft(found, `${path} in ${colorScheme}`).toEqual([])
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
  expect.soft(messages, `${path} complains in the console`).toEqual([])
  page.removeAllListeners('console')
}

const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }

for (const [device, viewport] of Object.entries(widths)) {
  test.describe(`on a ${device}`, () => {
    test.use({ viewport })

    test('the shop is accessible to everybody', async ({ page }) => {
      const item = await pickProduct(14)
      const category = await (await fetch('http://localhost:16002/catalog/categories')).json()
      const stores = await (await fetch('http://localhost:16002/stores?limit=1')).json()
      const pages = [
        '/',
        `/c/${category.items[0].slug}`,
        '/search?q=mug',
        '/search?q=zzzzqqqq',
        `/p/${item.slug}?sku=${item.sku}`,
      ]
      pages.push('/stores', `/stores/${stores.items[0].slug}`, '/help', '/cart', '/login', '/signup')
      for (const path of pages) await expectAccessible(page, path)
    })

    test('cart and checkout are accessible to everybody', async ({ page }) => {
      await addToCart(page, await pickProduct(15))
      await goToReview(page, newEmail('axe'))
      for (const path of ['/cart', '/checkout', '/checkout/delivery', '/checkout/review'])
        await expectAccessible(page, path)
    })

    test('the account is accessible to everybody', async ({ page }) => {
      await logIn(page, 'alice@example.com', 'Alice@123')
      await page.goto('/account/orders')
      const order = await page.getByRole('main').getByRole('link', { name: /HS-/ }).first().getAttribute('href')
      const pages = [
        '/account',
        '/account/addresses',
        '/account/addresses/new',
        '/account/orders',
        '/account/security',
        order ?? '',
      ]
      for (const path of pages) await expectAccessible(page, path)
    })

    test('the admin pages are accessible to everybody', async ({ page }) => {
      await logInAsAdmin(page)
      await page.goto('/admin/orders?status=paid')
      const order = await page.getByRole('link', { name: /HS-/ }).first().getAttribute('href')
      await page.goto('/admin/products')
      const product = await page.locator('tbody').getByRole('link').first().getAttribute('href')
      const pages = ['/admin', '/admin/orders', order ?? '', '/admin/products', '/admin/products/new', product ?? '']
      for (const path of pages) await expectAccessible(page, path)
    })
  })
}

test('pages that are not there say so kindly', async ({ page }) => {
  for (const path of ['/nowhere', '/p/no-such-product', '/orders/HS-AAAA-BBBB', '/c/%E0%A4%A']) {
    const answer = await page.goto(path)
    expect([400, 404], path).toContain(answer?.status())
    await expect(page.getByRole('main').or(page.locator('body')).first()).toBeVisible()
  }
})
