// What a shopper decides on the product page: which variant, how many, for how much. Each choice is a link.
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'
import { LowestBefore, Price } from './money.tsx'
import { type ImageInfo, Picture } from './picture.tsx'
import { type Choice, type ChoiceVariant, choicesOf, stockWords } from './variant-choice.ts'

export type BuyVariant = ChoiceVariant & {
  priceMinor: number
  compareAtMinor: number | null
  lowestBeforeMinor: number | null
  currency: string
  available: number
}
type OptionImage = ImageInfo & { optionName: string | null; optionValue: string | null }
type BuyBoxProps = {
  slug: string
  options: { name: string; values: string[] }[]
  variants: BuyVariant[]
  chosen: BuyVariant
  images: OptionImage[]
}

export function BuyBox({ slug, options, variants, chosen, images }: BuyBoxProps) {
  const { priceMinor, compareAtMinor, lowestBeforeMinor, currency } = chosen
  return (
    <div className="mt-5">
      <p className="font-display text-xl">
        <Price minor={priceMinor} compareAtMinor={compareAtMinor} currency={currency} />
      </p>
      <LowestBefore minor={lowestBeforeMinor} currency={currency} className="mt-1" />
      <p className="mt-1 text-sm text-muted">Price includes VAT. Delivery is shown before you pay.</p>
      {options.map((option) => (
        <OptionLinks
          key={option.name}
          name={option.name}
          slug={slug}
          chosenValue={chosen.optionValues[option.name]}
          choices={choicesOf(option, variants, chosen)}
          images={images.filter(({ optionName }) => optionName === option.name)}
        />
      ))}
      <Stock variant={chosen} />
      {chosen.available > 0 && <AddToCart variant={chosen} />}
      <ul className="mt-6 grid gap-3 border-t border-line pt-5 text-sm">
        <Assurance icon="truck">
          Sent from our warehouse. The cost and the day it arrives are shown before you pay.{' '}
          <Link to={`${paths.help()}#delivery`} className="link">
            Delivery
          </Link>
        </Assurance>
        <Assurance icon="rotate-ccw">
          Not right? You have 30 days to send it back.{' '}
          <Link to={`${paths.help()}#returns`} className="link">
            Returns
          </Link>
        </Assurance>
        <Assurance icon="lock">Pay by card on a protected page. We never see your card number.</Assurance>
      </ul>
    </div>
  )
}

function Assurance({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <Icon name={icon} className="shrink-0 text-accent" />
      <span>{children}</span>
    </li>
  )
}

type OptionLinksProps = {
  name: string
  slug: string
  chosenValue?: string
  choices: Choice[]
  images: OptionImage[]
}

function OptionLinks({ name, slug, chosenValue, choices, images }: OptionLinksProps) {
  return (
    <nav aria-label={name} className="mt-6">
      <p className="mb-2 text-sm">
        <span className="font-semibold">{name}</span> <span className="text-muted">{chosenValue}</span>
      </p>
      <ul className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <li key={choice.value}>
            <OptionLink
              choice={choice}
              slug={slug}
              image={images.find(({ optionValue }) => optionValue === choice.value)}
            />
          </li>
        ))}
      </ul>
      {choices.some(({ state }) => state === 'other') && (
        <p className="mt-2 text-sm text-muted">Dashed: not made like this. It shows the nearest that is.</p>
      )}
    </nav>
  )
}

const choiceLooks = {
  available: 'border-edge',
  out: 'border-line text-muted line-through decoration-1',
  other: 'border-dashed border-edge text-muted',
}
const choiceNotes = { available: '', out: ' (out of stock)', other: ' (not in this combination)' }

function OptionLink({ choice, slug, image }: { choice: Choice; slug: string; image?: ImageInfo }) {
  const chosen = choice.selected ? 'border-accent ring-1 ring-accent' : 'hover:border-ink'
  const look = choiceLooks[choice.selected && choice.state === 'available' ? 'available' : choice.state]
  return (
    <Link
      to={paths.product(slug, { sku: choice.sku })}
      preventScrollReset
      replace
      prefetch="intent"
      aria-current={choice.selected || undefined}
      title={choice.state === 'other' ? `Shows ${choice.leadsTo}` : undefined}
      className={`inline-flex min-h-11 items-center gap-2 rounded-field border bg-surface font-medium ${image ? 'py-1 pr-4 pl-1' : 'px-4'} ${look} ${chosen}`}
    >
      {image && <Picture image={image} alt="" sizes="40px" className="size-10 shrink-0 rounded-lg object-cover" />}
      {choice.value}
      <span className="sr-only">{choiceNotes[choice.state]}</span>
    </Link>
  )
}

function Stock({ variant }: { variant: BuyVariant }) {
  const words = stockWords(variant)
  const tone = variant.stock === 'out' ? 'text-bad' : variant.stock === 'low' ? 'text-warn' : 'text-good'
  return (
    <p className={`mt-6 flex items-center gap-2 font-semibold ${tone}`}>
      <span className="size-2.5 rounded-full bg-current" aria-hidden="true" />
      {words}
    </p>
  )
}

/** Posts to the cart, where every change of a cart is answered. */
function AddToCart({ variant }: { variant: BuyVariant }) {
  return (
    <PostForm action={paths.cart()} className="mt-4 flex gap-3">
      <input type="hidden" name="sku" value={variant.sku} />
      <input type="hidden" name="redirectTo" value={paths.cart()} />
      <label className="shrink-0">
        <span className="sr-only">Quantity</span>
        <input
          key={variant.sku}
          type="number"
          name="quantity"
          inputMode="numeric"
          min={1}
          max={Math.min(99, variant.available)}
          defaultValue={1}
          required
          className="field nums h-12 w-20 text-center"
        />
      </label>
      <Button name="intent" value="add" className="h-12 flex-1">
        Add to cart
      </Button>
    </PostForm>
  )
}
