// Buttons and links that look like buttons: one primary a page, at least 44 px high.
import { Link, type LinkProps } from '@remix-run/react'
import type { ComponentProps } from 'react'
import { useBusy } from './form.tsx'

const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-full px-6 py-2.5 text-center font-semibold no-underline transition-colors'
const looks = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong',
  secondary: 'border border-edge bg-surface text-ink hover:border-ink',
  quiet: 'px-3 text-accent hover:bg-accent-soft',
  danger: 'border border-bad bg-surface text-bad hover:bg-bad-soft',
}
type Variant = keyof typeof looks
type ButtonProps = ComponentProps<'button'> & { variant?: Variant }

/** A submit button; `name="intent" value="…"` tells the action what to do. Says that it is busy while its post is on its way. */
export function Button({ variant = 'primary', className = '', children, ...button }: ButtonProps) {
  const busy = useBusy(button.name === 'intent' && typeof button.value === 'string' ? button.value : undefined)
  const waiting = busy && button.type !== 'button' && variant === 'primary'
  return (
    <button
      type="submit"
      {...button}
      aria-busy={waiting || undefined}
      className={`${base} ${looks[variant]} ${className}`}
    >
      {children}
      {waiting && (
        <span
          className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent"
          aria-hidden="true"
        />
      )}
    </button>
  )
}

export function ButtonLink({ variant = 'primary', className = '', ...link }: LinkProps & { variant?: Variant }) {
  return <Link {...link} className={`${base} ${looks[variant]} ${className}`} />
}
