// What a product page shows beside the product: attributes, what goes well with it, combinations that are not made, what
// was looked at before; what the shopkeeper writes and picks for it, and the lowest price of thirty days once a price falls.
import { expect, test } from './journey.ts'
import { logInAsAdmin, staffPage } from './shopkeeper.ts'

test('a shopper goes from a mug to what goes well with it, finds back what was looked at and clears it', async ({
  page,
}) => {
  await page.goto('/p/everyday-mug')
  await expect(page.getByRole('row', { name: 'Material Stoneware' })).toBeVisible()
  const beside = page.locator('section', { has: page.getByRole('heading', { name: 'Goes well with it' }) })
  await expect(beside.getByRole('link')).toHaveCount(4)
  await beside.getByRole('link', { name: 'Stoneware teapot' }).click()
  await expect(page.getByRole('heading', { name: 'Stoneware teapot', level: 1 })).toBeVisible()

  await page.getByRole('navigation', { name: 'Colour' }).getByRole('link', { name: 'Cream' }).click()
  const sizes = page.getByRole('navigation', { name: 'Size' })
  await sizes.getByRole('link', { name: '1.2 litre (not in this combination)' }).click()
  await expect(page).toHaveURL(/1-2-LITRE/)
  await expect(page).not.toHaveURL(/CREAM/)

  const viewed = page.getByRole('region', { name: 'Recently viewed' })
  await expect(viewed.getByRole('link', { name: 'Everyday mug' })).toBeVisible()
  await viewed.getByRole('link', { name: 'Recently viewed' }).click()
  await expect(page.getByRole('heading', { name: 'Recently viewed', level: 1 })).toBeVisible()
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(2)
  await page.getByRole('button', { name: 'Clear list' }).click()
  await expect(page.getByText('What you looked at is forgotten.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nothing looked at yet' })).toBeVisible()
})

test('a price that the shopkeeper lowers stands beside the lowest of the thirty days before; attributes become filters, what is picked goes well with it', async ({
  page,
  browser,
}) => {
  // One for each of the two browsers, and none that other journeys buy.
  const name = test.info().project.use.javaScriptEnabled ? 'telescope' : 'saxophone'
  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await admin.goto(`/admin/products?q=${name}`)
  await admin.locator('tbody').getByRole('link').first().click()
  const price = admin.getByLabel('Price, row 1')
  const before = await price.inputValue()
  await price.fill((Number(before) - 10).toFixed(2))
  await admin.getByLabel('Price before, row 1').fill(before)
  await admin.getByLabel('Attributes').fill('Level: Beginner\nLevel: Stage\nBox: Recycled board')
  await admin.getByLabel('Goes well with').fill('stoneware-teapot\neveryday-mug')
  await admin.getByRole('button', { name: 'Save changes' }).click()
  await expect(admin.getByText(/ is saved\.$/)).toBeVisible()
  const address = await admin.getByRole('link', { name: 'See it in the shop' }).getAttribute('href')

  await page.goto(address ?? '')
  await expect(page.getByText(`Lowest in the 30 days before: €${before}`)).toBeVisible()
  await expect(page.locator('s', { hasText: before })).toBeVisible()
  await expect(page.getByRole('row', { name: 'Box Recycled board' })).toBeVisible()
  const beside = page.locator('section', { has: page.getByRole('heading', { name: 'Goes well with it' }) })
  await expect(beside.getByRole('link').nth(0)).toHaveText('Stoneware teapot')
  await expect(beside.getByRole('link').nth(1)).toHaveText('Everyday mug')

  await page.goto(`/search?q=${name}`)
  const facet = page.locator('details[name=facet]', { has: page.locator('summary', { hasText: 'Level' }) })
  await facet.locator('summary').click()
  await facet.getByRole('checkbox', { name: /^Beginner/ }).check()
  if (!test.info().project.use.javaScriptEnabled) await facet.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('link', { name: 'Remove filter: Level: Beginner' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(1)
  await admin.context().close()
})
