import { expect, test } from './journey.ts'
import { logInAsAdmin, openOrder, staffPage } from './shopkeeper.ts'
import {
  addToCart,
  cards,
  expectThanks,
  fillCard,
  goToPayment,
  goToReview,
  mailTo,
  newEmail,
  pickProduct,
  useCode,
} from './shopper.ts'

test('a guest finds the order by number and e-mail, sends half of it back and gets the money', async ({
  page,
  browser,
}) => {
  const email = newEmail('return')
  const item = await pickProduct(17)
  await page.goto('/discount/WELCOME10')
  await addToCart(page, item)
  await addToCart(page, item)
  await useCode(page, 'WELCOME10')
  await goToReview(page, email)
  await goToPayment(page)
  await fillCard(page, cards.good)
  const number = await expectThanks(page)

  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await openOrder(admin, number)
  await admin.getByRole('button', { name: 'Ship and tell the shopper' }).click()
  await admin.getByRole('button', { name: 'Parcel 1 has arrived' }).click()
  await expect(admin.getByText('Marked as delivered.')).toBeVisible()

  const stranger = await staffPage(browser)
  await stranger.goto('/order-lookup')
  await stranger.getByLabel('Order number').fill(number)
  await stranger.getByLabel('E-mail').fill('somebody@example.com')
  await stranger.getByRole('button', { name: 'Show my order' }).click()
  await expect(stranger.getByRole('alert')).toBeVisible()
  await expect(stranger.getByLabel('Order number')).toHaveValue(number)
  await stranger.getByLabel('E-mail').fill(email)
  await stranger.getByRole('button', { name: 'Show my order' }).click()
  await expect(stranger.getByRole('heading', { level: 1 })).toContainText(number)

  await stranger.getByRole('link', { name: 'Return things' }).click()
  await stranger.getByLabel(/^How many \(of 2\)/).fill('3')
  await stranger.getByLabel('Anything we should know').fill('One is enough after all.')
  await stranger.getByRole('button', { name: 'Announce the return' }).click({ noWaitAfter: true })
  await stranger.getByLabel(/^How many \(of 2\)/).fill('1')
  await stranger.getByRole('button', { name: 'Announce the return' }).click()
  await expect(stranger.getByRole('button', { name: 'I keep it after all' })).toBeVisible()

  await openOrder(admin, number)
  await admin.getByLabel('Note to the shopper').fill('Send it to our warehouse, please.')
  await admin.getByRole('button', { name: 'Approve' }).click()
  await admin.getByRole('button', { name: 'It has arrived' }).click()
  await admin.getByRole('button', { name: /^Refund .* as proposed$/ }).click()
  await expect(
    admin
      .getByText('Refund succeeded')
      .or(admin.getByText(/refunded/))
      .first(),
  ).toBeVisible()
  await admin.context().close()

  await mailTo(email, /refund/i)
  await stranger.reload()
  await stranger
    .getByRole('link', { name: /^Credit note/ })
    .first()
    .click()
  await expect(stranger.getByRole('heading', { level: 1 })).toContainText('Credit note')
  await stranger.goBack()
  await stranger.getByRole('button', { name: 'Order these things again' }).click()
  await expect(stranger.getByRole('heading', { name: 'Your cart', level: 1 })).toBeVisible()
  await stranger.context().close()
})
