// Delivery, returns, payment, reviews, privacy: what we promise, in plain words. Promises nothing that the shop does not do.
import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { countryName } from '#app/domain/geo/country-name.ts'
import { listShippingCountries } from '#app/domain/shipping/shipping-methods.server.ts'
import { paths } from '#app/paths.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'

export async function loader() {
  const countries = await listShippingCountries()
  return { countries: countries.map(countryName).sort() }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? pageMeta(matches, {
        title: 'Help',
        description: 'How delivery, returns, payment, reviews and your data work at Highstreet.',
        path: paths.help(),
      })
    : plainTitle('Help')

const topics = [
  { id: 'delivery', title: 'Delivery', icon: 'truck' },
  { id: 'returns', title: 'Returns and refunds', icon: 'rotate-ccw' },
  { id: 'payment', title: 'Payment', icon: 'credit-card' },
  { id: 'reviews', title: 'Reviews', icon: 'star' },
  { id: 'privacy', title: 'Privacy', icon: 'lock' },
] satisfies { id: string; title: string; icon: IconName }[]

export default function HelpPage() {
  const { countries } = useLoaderData<typeof loader>()
  return (
    <div className="page">
      <h1 className="pt-10 text-3xl">How can we help?</h1>
      <nav aria-label="Topics" className="mt-8">
        <ul className="grid grid-cols-2 gap-3 lg:grid-cols-5">
          {topics.map((topic) => (
            <li key={topic.id}>
              <a href={`#${topic.id}`} className="card flex h-full items-center gap-3 p-4 font-medium hover:border-ink">
                <Icon name={topic.icon} className="shrink-0 text-accent" />
                {topic.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-14 grid max-w-2xl gap-14">
        <Topic id="delivery" title="Delivery">
          <p>
            Orders are packed in our warehouse and sent to your door. You choose how fast before you pay, and see the
            cost and the working days it takes. When your parcel leaves we send you a mail with its tracking number.
          </p>
          {countries.length > 0 && <p>We deliver to {sentence(countries)}.</p>}
          <p>
            Or pick it up: at checkout you see which of{' '}
            <Link to={paths.stores()} className="link">
              our stores
            </Link>{' '}
            have everything right now. We lay it ready and send you a collection code; you pay by card when you order,
            or at the counter within two days.
          </p>
          <p>
            Every order has a page of its own that shows where it is. You find it in{' '}
            <Link to={paths.accountOrders()} className="link">
              your orders
            </Link>
            , or, if you bought without an account, by the link in our mail or{' '}
            <Link to={paths.orderLookup()} className="link">
              by its number and your e-mail
            </Link>
            .
          </p>
        </Topic>
        <Topic id="returns" title="Returns and refunds">
          <p>
            Not sent yet? Cancel the order on its page, and the whole amount goes back to the card you paid with.
            Depending on your bank that takes up to ten days to show.
          </p>
          <p>
            Already with you? You have 30 days to change your mind. Choose “Return things” on the page of your order; we
            look at it and tell you where to send it. We refund the price of what you return, also when only a part of
            an order comes back.
          </p>
          <p>Something arrived broken or wrong? Tell us; we make it good and pay the way back.</p>
        </Topic>
        <Topic id="payment" title="Payment">
          <p>
            You pay by card on a protected page of Stripe, our payment provider. Your card number goes to Stripe alone;
            we never see or store it. Your bank may ask you to confirm the payment.
          </p>
          <p>
            If a payment is declined nothing is charged, your things are kept for you for a while, and you can try again
            from the page of your order. Prices include VAT where it applies; the total you see last is the total you
            pay.
          </p>
        </Topic>
        <Topic id="reviews" title="Reviews">
          <p>
            Whoever has an account may review a product once, and change or delete it. “Bought here” stands where one of
            our orders says so: we compare with the order, we do not ask. After an order arrived we ask its buyer once,
            by mail; each such mail has a link that stops them.
          </p>
          <p>
            Good and bad reviews are published alike. People of ours read them; we leave out what is not about the
            product, hurts somebody, tells something private or advertises, and tell its author why. Nobody is paid or
            given anything for a review. You think that one should not be there? “Report” under it tells us, with or
            without an account.
          </p>
        </Topic>
        <Topic id="privacy" title="Privacy">
          <p>
            We keep what an order needs: your name, address, e-mail, phone if you give it, and what you bought. We use
            it to deliver, to answer you and to keep our books, and pass on only what the carrier and the payment
            provider need.
          </p>
          <p>
            No advertising, no tracking by others: our pages load nothing from other companies. We set three cookies,
            one that remembers you, one for your cart, and one that carries a message to the next page. Others come only
            with what you do here: one keeps the last eight products you looked at for thirty days, on{' '}
            <Link to={paths.recentlyViewed()} className="link">
              a page where you can clear them
            </Link>{' '}
            (never, if your browser sends Global Privacy Control), and two keep the store and the unit of distance you
            chose. None says who you are to anybody else. “Use my position” asks your browser first, and we do not store
            the answer.
          </p>
          <p>
            With an account you can{' '}
            <Link to={paths.privacy()} className="link">
              take your data along or delete it
            </Link>{' '}
            whenever you like. Past orders then stay in our books without you, your reviews without your name; invoices
            stay as they were written, for the law asks us to keep them.
          </p>
        </Topic>
      </div>
    </div>
  )
}

function Topic({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="text-2xl">
        {title}
      </h2>
      <div className="mt-4 grid gap-4 text-lg">{children}</div>
    </section>
  )
}

/** `a, b and c`. */
const sentence = (words: string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
