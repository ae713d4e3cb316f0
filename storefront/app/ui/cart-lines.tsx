// The lines of a cart: picture, name, price, a quantity that can be stepped or typed, and what changed. Every control is
// a form of its own that works without JavaScript.
import { Link, useNavigation } from '@remix-run/react'
import type { CartLine } from '#app/domain/cart/cart-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { PostForm } from './form.tsx'
import { Icon } from './icon.tsx'
import { Money } from './money.tsx'
import { Picture } from './picture.tsx'

type LinesProps = { lines: CartLine[]; currency: string; problem: FormProblem | undefined }

export function CartLines({ lines, currency, problem }: LinesProps) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {lines.map((line) => (
        <Line
          key={line.sku}
          line={line}
          currency={currency}
          problem={problem?.values.sku === line.sku ? problem : undefined}
        />
      ))}
    </ul>
  )
}

type LineProps = { line: CartLine; currency: string; problem: FormProblem | undefined }

function Line({ line, currency, problem }: LineProps) {
  const { formData } = useNavigation()
  const busy = formData?.get('sku') === line.sku
  return (
    <li
      id={`line-${line.sku}`}
      aria-busy={busy || undefined}
      className={`grid grid-cols-[5.5rem_minmax(0,1fr)] gap-4 py-6 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-6 ${busy ? 'opacity-60' : ''}`}
    >
      <Picture image={line.image} alt="" sizes="128px" className="rounded-card bg-sunk" />
      <div className="flex min-w-0 flex-col">
        <div className="flex items-start justify-between gap-x-4">
          <div className="min-w-0">
            <h2 className="font-sans text-base font-semibold tracking-normal">
              <LineTitle line={line} />
            </h2>
            <p className="text-sm text-muted">{line.variantTitle}</p>
            <p className="nums mt-1 text-sm text-muted">
              <Money minor={line.unitPriceMinor} currency={currency} /> each
            </p>
          </div>
          <p className="nums ml-auto font-semibold">
            {line.quantity > 0 ? <Money minor={line.lineTotalMinor} currency={currency} /> : 'Not available'}
          </p>
        </div>
        {line.notices.map((notice) => (
          <p
            key={notice.kind}
            className={`mt-2 flex gap-2 text-sm font-medium ${notice.kind === 'price_down' ? 'text-good' : 'text-warn'}`}
          >
            <Icon
              name={notice.kind === 'price_down' ? 'tag' : 'triangle-alert'}
              size={16}
              className="mt-0.5 shrink-0"
            />
            {notice.text}
          </p>
        ))}
        <div className="mt-auto flex flex-wrap items-center justify-between gap-3 pt-4">
          {line.quantity > 0 ? <Quantity line={line} problem={problem} /> : <span />}
          <PostForm action={paths.cart()} preventScrollReset>
            <input type="hidden" name="sku" value={line.sku} />
            <button
              type="submit"
              name="intent"
              value="remove"
              className="inline-flex min-h-11 items-center gap-2 rounded-full px-3 text-sm text-muted hover:bg-sunk hover:text-bad"
            >
              <Icon name="trash-2" size={18} />
              <span className="sr-only sm:not-sr-only">Remove</span>
              <span className="sr-only"> {line.title}</span>
            </button>
          </PostForm>
        </div>
      </div>
    </li>
  )
}

function LineTitle({ line }: { line: CartLine }) {
  if (!line.productSlug) return line.title
  return (
    <Link to={paths.product(line.productSlug, { sku: line.sku })} className="hover:underline">
      {line.title}
    </Link>
  )
}

const stepper = 'inline-flex size-11 items-center justify-center rounded-full hover:bg-sunk'

function Quantity({ line, problem }: { line: CartLine; problem: FormProblem | undefined }) {
  const error = problem?.fields.quantity?.[0]
  return (
    <PostForm action={paths.cart()} preventScrollReset className="group flex flex-wrap items-center gap-x-2">
      <input type="hidden" name="intent" value="set" />
      <input type="hidden" name="sku" value={line.sku} />
      {/* First in the form, so that Enter in the number means this one. It keeps its room while unseen: nothing may move
          under a finger that leaves the form. */}
      <button type="submit" className="link order-last min-h-11 text-sm opacity-0 group-focus-within:opacity-100">
        Update
      </button>
      <div className="inline-flex items-center rounded-full border border-edge">
        <button type="submit" name="step" value="-1" className={stepper}>
          <Icon name="minus" size={18} />
          <span className="sr-only">One less of {line.title}</span>
        </button>
        <label>
          <span className="sr-only">Quantity of {line.title}</span>
          <input
            key={line.quantity}
            id={problem ? 'field-quantity' : undefined}
            type="number"
            name="quantity"
            inputMode="numeric"
            min={0}
            max={99}
            required
            defaultValue={problem?.values.quantity ?? line.quantity}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `error-${line.sku}` : undefined}
            className="nums h-11 w-12 bg-transparent text-center [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
          />
        </label>
        <button type="submit" name="step" value="1" className={stepper} disabled={line.quantity >= line.most}>
          <Icon name="plus" size={18} />
          <span className="sr-only">One more of {line.title}</span>
        </button>
      </div>
      {error && (
        <p id={`error-${line.sku}`} className="order-last w-full text-sm font-medium text-bad">
          {error}
        </p>
      )}
    </PostForm>
  )
}
