import { expect, test } from './journey.ts'
import { ports } from './ports.ts'
import { logInAsAdmin, openOrder, staffPage } from './shopkeeper.ts'
import { buyAsGuest, logIn, mailTo, newEmail, pickProduct, signUp } from './shopper.ts'

test('a buyer without an account is asked by mail, answers with one click, is published and answered, and helps another', async ({
  page,
  browser,
}) => {
  const email = newEmail('review')
  // A second try buys another thing: on the first one's page a review of the first try may stand.
  const { project, retry } = test.info()
  const item = await pickProduct((project.use.javaScriptEnabled ? 44 : 45) + 2 * retry)
  const number = await buyAsGuest(page, item, email)
  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  await openOrder(admin, number)
  await admin.getByRole('button', { name: 'Ship and tell the shopper' }).click()
  await admin.getByRole('button', { name: 'Parcel 1 has arrived' }).click()
  await expect(admin.getByText('Marked as delivered.')).toBeVisible()

  const mail = await mailTo(email, /^How do you like it/)
  const link = /http:\/\/localhost:\d+\/review\?\S+&rating=4/.exec(mail.text)?.[0] ?? ''
  await page.goto(link)
  await expect(page.getByRole('radio', { name: /4 stars/ })).toBeChecked()
  await page.getByRole('button', { name: 'Send review' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you for your review' })).toBeVisible()

  const list = (status: string) => admin.goto(`/admin/reviews?status=${status}&q=${encodeURIComponent(item.title)}`)
  await list('pending')
  const mine = admin.getByRole('listitem').filter({ hasText: 'Carla B.' })
  await mine.getByRole('checkbox', { name: /4 stars/ }).check()
  await admin.getByRole('button', { name: 'Approve checked' }).click()
  await expect(admin.getByText('1 review approved.')).toBeVisible()
  await list('approved')
  await mine.getByRole('link', { name: 'Look closer or reply' }).click()
  await admin.getByLabel('What everybody reads').fill('Thank you, Carla.')
  await admin.getByRole('button', { name: 'Publish the reply' }).click()
  await expect(admin.getByText('The reply stands under the review.')).toBeVisible()
  await admin.context().close()
  await mailTo(email, /replied/)

  const bob = await staffPage(browser)
  await logIn(bob, 'bob@example.com', 'Bob@123')
  await bob.goto(`/p/${item.slug}`)
  await bob.locator('#reviews').getByRole('link', { name: '4 stars' }).click()
  await expect(bob.getByText('Only 4 stars')).toBeVisible()
  await bob.getByRole('link', { name: 'Newest' }).click()
  await expect(bob).toHaveURL(/rating=4&sort=newest/)
  const review = bob.getByRole('article').filter({ hasText: 'Thank you, Carla.' })
  await expect(review).toContainText('Bought here')
  await review.getByRole('button', { name: 'Yes 0' }).click()
  await expect(review.getByRole('button', { name: 'Yes 1', pressed: true })).toBeVisible()
  // Shown before it is kept: a page that is left too early takes the vote along.
  await expect(review.locator('form[aria-busy=true]')).toHaveCount(0)
  await bob.reload()
  await expect(review.getByRole('button', { name: 'Yes 1', pressed: true })).toBeVisible()
  await bob.context().close()
})

test('an author changes what staff were reading, what a guest reports is kept; a rejection comes with its reason', async ({
  page,
  browser,
}) => {
  const email = newEmail('author')
  const { project, retry } = test.info()
  const item = await pickProduct((project.use.javaScriptEnabled ? 46 : 47) + 2 * retry)
  await signUp(page, email, 'Ines Falk')
  const reviews = `/p/${item.slug}/reviews?sort=newest`
  const write = async (open: string, title: string) => {
    await page.goto(reviews)
    await page.getByText(open, { exact: true }).click()
    await page.getByRole('radio', { name: /3 stars/ }).check()
    await page.getByLabel('In a few words').fill(title)
    await page.getByLabel('Your review').fill(`It does what it should. ${email}`)
    await page.getByRole('button', { name: 'Send review' }).click()
    // What was written before may wait, too: only the way back tells that this one has arrived.
    await expect(page).toHaveURL(/\/p\/[^/]+#reviews$/)
    await expect(page.getByText('Your review is waiting to be read.')).toBeVisible()
  }
  await write('Write a review', 'As kind as can be')

  const admin = await staffPage(browser)
  await logInAsAdmin(admin)
  const list = (status: string) => admin.goto(`/admin/reviews?status=${status}&q=${encodeURIComponent(email)}`)
  await list('pending')
  await admin.getByRole('checkbox', { name: /As kind as can be/ }).check()
  await write('Change your review', 'Kind enough, call me')
  await admin.getByRole('button', { name: 'Approve checked' }).click()
  await expect(admin.getByText('1 review changed since you read: look again.')).toBeVisible()
  await admin.getByRole('checkbox', { name: /Kind enough/ }).check()
  await admin.getByRole('button', { name: 'Approve checked' }).click()
  await expect(admin.getByText('1 review approved.')).toBeVisible()

  const guest = await staffPage(browser)
  await guest.goto(reviews)
  const review = guest.getByRole('article').filter({ hasText: 'Kind enough' })
  await review.getByText('Report', { exact: true }).click()
  await review.getByLabel('What is wrong with it?').selectOption('untrue')
  await review.getByRole('button', { name: 'Report this review' }).click()
  await expect(guest.getByText('We will read this review and decide.')).toBeVisible()
  await review.getByRole('button', { name: 'Yes 0' }).click()
  await expect(guest.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await guest.context().close()
  await list('reported')
  await admin.getByRole('checkbox', { name: /Kind enough/ }).check()
  await admin.getByRole('button', { name: 'Keep checked' }).click()
  await expect(admin.getByText('1 review approved.')).toBeVisible()
  await list('approved')
  await admin.getByRole('checkbox', { name: /Kind enough/ }).check()
  await admin.getByLabel('Reason to reject').selectOption('private')
  await admin.getByLabel('Words to the author').fill('Please without the number.')
  await admin.getByRole('button', { name: 'Reject checked' }).click()
  await expect(admin.getByText('1 review rejected.')).toBeVisible()
  await admin.context().close()
  expect((await mailTo(email, /^Your review was not published/)).text).toMatch(/Please\s[|\s]*without the number\./)
  await page.goto(reviews)
  await expect(page.getByText('Please without the number.')).toBeVisible()
})

test('many reviews stand on pages, in four orders, and by their stars', async ({ page }) => {
  const { items } = await (await fetch(`http://localhost:${ports.catalog}/catalog/products?limit=60`)).json()
  const { slug, rating } = items.find((product: { rating: { count: number } }) => product.rating.count > 12)
  await page.goto(`/p/${slug}/reviews`)
  const reviews = page.getByRole('main').getByRole('article')
  const stars = async () =>
    (await reviews.allTextContents()).map((text) => Number(/(\d)\.0 out of 5/.exec(text)?.[1] ?? Number.NaN))
  await expect(reviews).toHaveCount(10)
  const first = await reviews.allInnerTexts()
  await page.getByRole('link', { name: 'More reviews' }).click()
  await expect(page).toHaveURL(/cursor=/)
  await expect(reviews).toHaveCount(Math.min(10, rating.count - 10))
  await expect(async () => {
    for (const text of await reviews.allInnerTexts()) expect(first).not.toContain(text)
  }).toPass({ timeout: 5_000 })
  for (const [words, isFalling] of [
    ['Best first', true],
    ['Worst first', false],
  ] as const) {
    await page.getByRole('link', { name: words }).click()
    await expect(page.getByRole('link', { name: words })).toHaveAttribute('aria-current', 'true')
    await expect(async () => {
      const found = await stars()
      const due = [...found].sort((a, b) => a - b)
      expect(found).toEqual(isFalling ? due.reverse() : due)
    }).toPass({ timeout: 5_000 })
  }
})
