// What the shopkeeper does, in words.
import { expect, type Page } from '@playwright/test'
import { type Item, logIn } from './shopper.ts'

export const logInAsAdmin = (page: Page) => logIn(page, 'admin@example.com', 'Admin@123')

export async function openOrder(page: Page, number: string): Promise<void> {
  await page.goto(`/admin/orders?q=${number}`)
  await page.getByRole('link', { name: number }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number)
}

/** Takes all stock of the item's variant out of every place that ships, by the admin's stock form. */
export async function emptyShelves(page: Page, item: Item): Promise<void> {
  await page.goto(`/admin/products?q=${item.sku}`)
  await page.getByRole('link', { name: item.title }).first().click()
  const row = page.locator('details', { hasText: item.sku }).first()
  await row.evaluate((element) => element.setAttribute('open', ''))
  const rows = row.locator('tbody tr', { hasText: 'ships orders' })
  const places: { name: string; free: number }[] = []
  for (let index = 0; index < (await rows.count()); index++) {
    const cells = rows.nth(index).locator('td')
    const name = ((await cells.nth(0).textContent()) ?? '').split(' · ')[0]?.trim() ?? ''
    places.push({ name, free: Number(await cells.nth(3).textContent()) })
  }
  for (const { name, free } of places.filter((place) => place.free > 0)) {
    await page.getByLabel('Variant').selectOption(item.sku)
    await page.getByLabel('Place').selectOption({ label: name })
    await page.getByLabel('What happened').selectOption('adjust')
    await page.getByLabel('Change').fill(String(-free))
    await page.getByLabel('Why').fill('the shelf fell over')
    await page.getByRole('button', { name: 'Change stock' }).click()
    await expect(page.getByText(`Stock of ${item.sku} changed by ${-free}.`)).toBeVisible()
  }
}
