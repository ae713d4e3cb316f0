import { expect, test } from './journey.ts'
import {
  addToCart,
  buyAsGuest,
  cards,
  expectThanks,
  fillCard,
  goToPayment,
  goToReview,
  logIn,
  mailTo,
  newEmail,
  pickProduct,
  signUp,
} from './shopper.ts'

test('a guest buys, gets a mail, and its link opens the order', async ({ page, browser }) => {
  const email = newEmail('guest')
  const item = await pickProduct(1)
  const number = await buyAsGuest(page, item, email)

  const mail = await mailTo(email, new RegExp(number))
  expect(mail.text).toContain(item.title)
  const link = /http:\/\/localhost:\d+\/orders\/\S+token=[\w-]+/.exec(mail.text)?.[0] ?? ''
  const elsewhere = await browser.newPage()
  await elsewhere.goto(link)
  await expect(elsewhere.getByRole('heading', { level: 1 })).toContainText(number)
  await elsewhere.goto(link.replace(/token=.{6}/, 'token=AAAAAA'))
  await expect(elsewhere.getByText('We cannot find that page')).toBeVisible()
  await elsewhere.close()
})

test('a shopper signs up, keeps the cart and finds the order in the account', async ({ page }) => {
  const item = await pickProduct(2)
  await addToCart(page, item)
  await signUp(page, newEmail('carla'))
  await goToReview(page)
  await goToPayment(page)
  await fillCard(page, cards.good)
  const number = await expectThanks(page)
  await page.goto('/account/orders')
  await expect(page.getByText(number).first()).toBeVisible()
})

test("a guest's cart joins the cart of the account at log-in", async ({ page, browser }) => {
  const email = newEmail('merge')
  const [first, second] = [await pickProduct(3), await pickProduct(4)]
  await signUp(page, email)
  await addToCart(page, first)

  const other = await browser.newContext({ javaScriptEnabled: test.info().project.use.javaScriptEnabled })
  const phone = await other.newPage()
  await addToCart(phone, second)
  await logIn(phone, email, 'a quiet harbour at dawn')
  await phone.goto('/cart')
  await expect(phone.getByText(first.title).first()).toBeVisible()
  await expect(phone.getByText(second.title).first()).toBeVisible()
  await other.close()
})

test('a declined card is told in words and another card pays the same order', async ({ page }) => {
  const email = newEmail('declined')
  await addToCart(page, await pickProduct(5))
  await goToReview(page, email)
  await goToPayment(page)
  const payment = page.url()
  await fillCard(page, cards.declined)
  await expect(page.getByText(/declined/i).first()).toBeVisible()
  expect(page.url()).toContain(new URL(payment).pathname)
  await fillCard(page, cards.good)
  const number = await expectThanks(page)
  await mailTo(email, new RegExp(number))
})

test('an abandoned payment can be taken up again from the order', async ({ page }) => {
  await addToCart(page, await pickProduct(6))
  await goToReview(page, newEmail('abandoned'))
  await goToPayment(page)
  await page.getByRole('link', { name: /Cancel and go back/ }).click()
  await expect(page.getByText('Waiting for payment').first()).toBeVisible()
  await page.getByRole('button', { name: /pay/i }).first().click()
  await fillCard(page, cards.good)
  await expectThanks(page)
})

test('3-D Secure asks the bank: refused stays unpaid, accepted is paid', async ({ page }) => {
  await addToCart(page, await pickProduct(7))
  await goToReview(page, newEmail('secure'))
  await goToPayment(page)
  await fillCard(page, cards.threeDSecure)
  await page.getByRole('button', { name: 'No, refuse it' }).click()
  await expect(page.getByRole('heading', { name: 'Pay by card' })).toBeVisible()
  await fillCard(page, cards.threeDSecure)
  await page.getByRole('button', { name: 'Yes, approve the payment' }).click()
  await expectThanks(page)
})

test('pressing pay twice, or coming back to the review, makes one order', async ({ page }) => {
  const email = newEmail('twice')
  await addToCart(page, await pickProduct(8))
  await goToReview(page, email)
  await goToPayment(page)
  const first = page.url()
  await page.goto('/cart')
  await page.getByRole('button', { name: 'Go on to payment' }).click()
  await expect(page).toHaveURL(first)
  await fillCard(page, cards.good)
  const number = await expectThanks(page)
  await mailTo(email, new RegExp(number))
  await page.goto('/cart')
  await expect(page.getByText('Your cart is empty')).toBeVisible()
})
