// The search box: a plain GET form. With JavaScript the shop's one becomes a combobox that suggests while somebody types
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/); Enter always sends what is typed unless an option was chosen.
import { Form, useNavigate } from '@remix-run/react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { paths } from '#app/paths.ts'
import { Icon } from './icon.tsx'
import { groupsOf, Suggestions, useFound } from './search-suggestions.tsx'

/** One box: of the shop for shoppers; among the admin pages of orders, people and goods. */
export function SearchBox({ query, inAdmin }: { query: string | undefined; inAdmin: boolean }) {
  if (inAdmin)
    return (
      <Frame action={paths.adminSearch()} label="Search orders, people and goods">
        <input {...look} defaultValue={query} placeholder="Order, e-mail, SKU, tracking, Stripe id …" />
      </Frame>
    )
  // A new question brings new words into the box.
  return <ShopSearch key={query} query={query} />
}

function ShopSearch({ query }: { query: string | undefined }) {
  const [enhanced, setEnhanced] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(-1)
  const id = useId()
  const navigate = useNavigate()
  const groups = groupsOf(useFound(typed))
  const options = groups.flatMap((group) => group.options)
  const isOpen = typed !== null && options.length > 0
  const close = () => {
    setTyped(null)
    setActive(-1)
  }
  useEffect(() => setEnhanced(true), [])

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = options[active]
    if (!isOpen || event.nativeEvent.isComposing) return
    // One place more than there are options: the box itself.
    const places = options.length + 1
    if (event.key === 'ArrowDown') setActive(((active + 2) % places) - 1)
    else if (event.key === 'ArrowUp') setActive(((active + 1 + places - 1) % places) - 1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && chosen) {
      close()
      navigate(chosen.to)
    } else return
    event.preventDefault()
  }
  const combobox = enhanced && {
    role: 'combobox',
    autoComplete: 'off',
    'aria-autocomplete': 'list' as const,
    'aria-haspopup': 'listbox' as const,
    'aria-expanded': isOpen,
    'aria-controls': `${id}-list`,
    'aria-activedescendant': isOpen && active >= 0 ? `${id}-${active}` : undefined,
  }
  return (
    <Frame
      action={paths.search()}
      label="Search the shop"
      onSubmit={close}
      onBlur={close}
      below={
        enhanced && (
          <>
            <Suggestions id={id} groups={isOpen ? groups : []} active={active} onChoose={close} />
            <p className="sr-only" role="status">
              {isOpen && `${options.length} ${options.length === 1 ? 'suggestion' : 'suggestions'}`}
            </p>
          </>
        )
      }
    >
      <input
        {...look}
        {...combobox}
        defaultValue={query}
        placeholder="Search mugs, lamps, gifts …"
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(-1)
        }}
        onKeyDown={onKeyDown}
      />
    </Frame>
  )
}

const look = {
  type: 'search',
  name: 'q',
  maxLength: 200,
  enterKeyHint: 'search' as const,
  className: 'field rounded-full bg-surface pr-12 pl-5',
}

type FrameProps = {
  action: string
  label: string
  onSubmit?: () => void
  onBlur?: () => void
  below?: ReactNode
  children: ReactNode
}

function Frame({ action, label, onSubmit, onBlur, below, children }: FrameProps) {
  return (
    <Form
      action={action}
      role="search"
      onSubmit={onSubmit}
      onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || onBlur?.()}
      className="relative order-last w-full lg:order-none lg:max-w-md lg:flex-1"
    >
      <label className="relative block">
        <span className="sr-only">{label}</span>
        {children}
        <button
          type="submit"
          className="absolute top-0.5 right-1 inline-flex size-10.5 items-center justify-center rounded-full text-muted hover:text-ink"
        >
          <Icon name="search" />
          <span className="sr-only">Search</span>
        </button>
      </label>
      {below}
    </Form>
  )
}
