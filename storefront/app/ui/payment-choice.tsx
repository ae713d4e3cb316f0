// How the order is paid: by card now, or at the store's counter. The one that is chosen says so, the other is a button
// that changes it; the total is sealed again by the answer.
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { fieldId, PostForm } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'

type Method = 'card' | 'in_store'
type Props = {
  chosen: Method
  storeName: string
  /** Why it cannot be paid in the store. */
  inStoreProblem: string | null
  problem: FormProblem | undefined
}

export function PaymentChoice({ chosen, storeName, inStoreProblem, problem }: Props) {
  return (
    <section aria-labelledby="payment-title" id={fieldId('paymentMethod')} className="card mt-4 p-6">
      <h2 id="payment-title" className="mb-4 font-sans text-base font-semibold tracking-normal">
        Payment
      </h2>
      <PostForm problem={problem?.intent === 'method' ? problem : undefined} preventScrollReset>
        <input type="hidden" name="intent" value="method" />
        <ul className="grid gap-3">
          <Way method="card" icon="credit-card" chosen={chosen} title="By card, now" other="Pay by card now">
            On the protected page of our payment provider.
          </Way>
          <Way
            method="in_store"
            icon="store"
            chosen={chosen}
            title="In the store, when you pick it up"
            other="Pay in the store"
            hinderedBy={inStoreProblem}
          >
            {inStoreProblem ?? `At the counter of ${storeName}, in cash or by card. We keep your things for two days.`}
          </Way>
        </ul>
      </PostForm>
    </section>
  )
}

type WayProps = {
  method: Method
  icon: IconName
  chosen: Method
  title: string
  /** What the button says while the other one is chosen. */
  other: string
  hinderedBy?: string | null
  children: string
}

function Way({ method, icon, chosen, title, other, hinderedBy, children }: WayProps) {
  const isChosen = method === chosen
  return (
    <li
      className={`flex flex-wrap items-center gap-4 rounded-card border p-4 ${isChosen ? 'border-accent ring-1 ring-accent' : 'border-line'}`}
    >
      <Icon name={isChosen ? 'check' : icon} className={isChosen ? 'text-accent' : 'text-muted'} />
      <p className="min-w-0 flex-1 basis-48">
        <span className="block font-semibold">
          {title}
          {isChosen && <span className="sr-only"> (chosen)</span>}
        </span>
        <span className={`block text-sm ${hinderedBy && isChosen ? 'font-medium text-bad' : 'text-muted'}`}>
          {children}
        </span>
      </p>
      {!isChosen && !hinderedBy && (
        <Button variant="secondary" name="paymentMethod" value={method}>
          {other}
        </Button>
      )}
    </li>
  )
}
