// Where an order is picked up and what happens until then: on checkout's last step and on the order's page. Shows only.
import { Link } from '@remix-run/react'
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'
import { paths } from '#app/paths.ts'

/** The store with its address and hours. */
export function PickupPlace({ store, fullName }: { store: PickupStore; fullName: string }) {
  const { address, hoursText } = store
  return (
    <>
      <address className="not-italic">
        <Link to={paths.store(store.slug)} className="link block">
          {store.name}
        </Link>
        <span className="block">{[address.line1, address.line2].filter(Boolean).join(', ')}</span>
        <span className="block">{[address.postcode, address.city].filter(Boolean).join(' ')}</span>
      </address>
      <p className="mt-2 text-sm">
        Picked up by <strong className="font-semibold">{fullName}</strong>
      </p>
      {hoursText && (
        <p className="nums mt-2 text-sm text-muted">
          {hoursText.split('\n').map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </p>
      )}
    </>
  )
}

/** What happens next, step by step. */
export function PickupSteps({ isPaidThere, store }: { isPaidThere: boolean; store: { name: string } }) {
  const steps = [
    isPaidThere ? 'You order now and pay nothing yet.' : 'You pay by card now.',
    `We lay everything ready at ${store.name} and write to you with a collection code.`,
    isPaidThere
      ? 'You come within two days, show the code and pay at the counter. After that the things go back on the shelf.'
      : 'You come within a week and show the code.',
  ]
  return (
    <ol className="grid gap-2">
      {steps.map((step, index) => (
        <li key={step} className="grid grid-cols-[auto_minmax(0,1fr)] gap-3">
          <span className="nums inline-flex size-7 items-center justify-center rounded-full bg-accent-soft text-sm font-semibold text-accent">
            {index + 1}
          </span>
          <span className="pt-0.5">{step}</span>
        </li>
      ))}
    </ol>
  )
}
