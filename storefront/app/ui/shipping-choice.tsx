// The ways of delivery to one country: each with its price, when it arrives, how far free delivery is, and why one that
// cannot take the weight is not for choosing.
import type { OfferedShipping } from '#app/domain/shipping/shipping-rules.ts'
import { Icon } from './icon.tsx'
import { Money } from './money.tsx'
import { Notice } from './parts.tsx'

/** `arrives` in words, for an order placed now. */
export type ShippingOffer = OfferedShipping & { arrives: string }

export function ShippingChoice({ offers, picked }: { offers: ShippingOffer[]; picked: string | null | undefined }) {
  if (offers.length === 0)
    return <Notice kind="warn">We do not deliver to this country yet. Please choose another address.</Notice>
  const possible = offers.filter(({ tooHeavy }) => !tooHeavy)
  const first = possible.some(({ code }) => code === picked) ? picked : possible[0]?.code
  return (
    <fieldset id="method">
      <legend className="mb-4 text-lg font-semibold">How should it come?</legend>
      <div className="grid gap-3">
        {offers.map((offer) => (
          <label
            key={offer.code}
            className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-4 rounded-card border border-line bg-surface p-5 has-[:checked]:border-accent has-[:checked]:ring-1 has-[:checked]:ring-accent"
          >
            <input
              type="radio"
              name="shippingMethod"
              value={offer.code}
              required
              disabled={offer.tooHeavy !== null}
              defaultChecked={first === offer.code}
              className="mt-1 size-5 shrink-0 accent-accent"
            />
            <span>
              <span className="block font-semibold">{offer.name}</span>
              {offer.description && <span className="block text-sm text-muted">{offer.description}</span>}
              <span className="mt-1 flex items-center gap-2 text-sm">
                <Icon name="truck" size={16} className="shrink-0" />
                Arrives {offer.arrives}
              </span>
              {offer.tooHeavy && <span className="mt-1 block text-sm font-medium text-warn">{offer.tooHeavy}</span>}
              {offer.nudge && <span className="mt-1 block text-sm text-muted">{offer.nudge}</span>}
            </span>
            <span className="nums font-semibold">
              {offer.priceMinor === 0 ? 'Free' : <Money minor={offer.priceMinor} currency={offer.currency} />}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
