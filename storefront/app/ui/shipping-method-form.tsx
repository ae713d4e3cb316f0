// Checkout's ways of delivery: each with its price, when it arrives, and how far free delivery is.
import type { OfferedShipping } from '#app/domain/shipping/shipping-rules.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { Icon } from './icon.tsx'
import { Money } from './money.tsx'
import { Notice } from './parts.tsx'

type Offer = OfferedShipping & { arrives: string }
type Props = { methods: Offer[]; chosen: string | null; problem: FormProblem | undefined }

export function ShippingMethodForm({ methods, chosen, problem }: Props) {
  const picked = problem?.values.shippingMethod ?? chosen ?? methods[0]?.code
  if (methods.length === 0)
    return (
      <div className="mt-8">
        <Notice kind="warn">We do not deliver to this country yet. Please choose another address.</Notice>
      </div>
    )
  return (
    <PostForm problem={problem} id="method" className="mt-8 grid gap-6">
      <fieldset id="field-shippingMethod">
        <legend className="mb-4 font-display text-xl">How should it come?</legend>
        <div className="grid gap-3">
          {methods.map((method) => (
            <label
              key={method.code}
              className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-4 rounded-card border border-line bg-surface p-5 has-[:checked]:border-accent has-[:checked]:ring-1 has-[:checked]:ring-accent"
            >
              <input
                type="radio"
                name="shippingMethod"
                value={method.code}
                required
                defaultChecked={picked === method.code}
                className="mt-1 size-5 accent-accent"
              />
              <span>
                <span className="block font-semibold">{method.name}</span>
                {method.description && <span className="block text-sm text-muted">{method.description}</span>}
                <span className="mt-1 flex items-center gap-2 text-sm">
                  <Icon name="truck" size={16} className="shrink-0" />
                  Arrives {method.arrives}
                </span>
                {method.nudge && <span className="mt-1 block text-sm text-muted">{method.nudge}</span>}
              </span>
              <span className="nums font-semibold">
                {method.priceMinor === 0 ? 'Free' : <Money minor={method.priceMinor} currency={method.currency} />}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <Button name="intent" value="method" className="w-full sm:w-auto">
          Go on to review
        </Button>
      </div>
    </PostForm>
  )
}
