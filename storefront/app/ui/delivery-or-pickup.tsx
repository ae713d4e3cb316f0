// The first choice of checkout's second step: brought to the door or picked up. Links, so that it needs no script.
import { Link } from '@remix-run/react'
import { formatMoney } from '#app/lib/money.ts'
import { paths, withQuery } from '#app/paths.ts'
import { Icon, type IconName } from './icon.tsx'

type Props = { isPickup: boolean; fromMinor: number | null; currency: string }

export function DeliveryOrPickup({ isPickup, fromMinor, currency }: Props) {
  const price = fromMinor === null ? '' : fromMinor === 0 ? 'Free' : `From ${formatMoney(fromMinor, currency)}`
  return (
    <nav aria-label="Delivery or pickup" className="mb-8 grid gap-3 sm:grid-cols-2">
      <Choice how="delivery" icon="truck" title="Deliver it" words={price} isChosen={!isPickup} />
      <Choice
        how="pickup"
        icon="store"
        title="Pick it up in a store"
        words="Free, where everything is there"
        isChosen={isPickup}
      />
    </nav>
  )
}

type ChoiceProps = { how: string; icon: IconName; title: string; words: string; isChosen: boolean }

function Choice({ how, icon, title, words, isChosen }: ChoiceProps) {
  return (
    <Link
      to={withQuery(paths.checkoutDelivery(), { how })}
      aria-current={isChosen ? 'true' : undefined}
      preventScrollReset
      className={`flex items-center gap-4 rounded-card border bg-surface p-5 no-underline ${isChosen ? 'border-accent ring-1 ring-accent' : 'border-line hover:border-edge'}`}
    >
      <Icon name={icon} size={24} className={isChosen ? 'text-accent' : 'text-muted'} />
      <span>
        <span className="block font-semibold">{title}</span>
        <span className="block text-sm text-muted">{words}</span>
      </span>
    </Link>
  )
}
