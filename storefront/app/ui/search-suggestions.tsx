// Suggestions below the search box (search-box.tsx): asked for while somebody types, shown as the options of a combobox.
import { Link } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { formatMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { type ImageInfo, Picture } from './picture.tsx'

type Found = {
  products: { slug: string; title: string; image: ImageInfo | null; priceFromMinor: number; currency: string }[]
  categories: { slug: string; name: string }[]
  queries: string[]
}
type Option = { to: string; label: string; image?: ImageInfo | null; price?: string }
type Group = { title: string; options: Option[] }

const nothing: Found = { products: [], categories: [], queries: [] }
const pauseMs = 150

export function groupsOf({ products, categories, queries }: Found): Group[] {
  const all: Group[] = [
    {
      title: 'Products',
      options: products.map(({ slug, title, image, priceFromMinor, currency }) => ({
        to: paths.product(slug),
        label: title,
        image,
        price: formatMoney(priceFromMinor, currency),
      })),
    },
    { title: 'Categories', options: categories.map(({ slug, name }) => ({ to: paths.category(slug), label: name })) },
    { title: 'Searches', options: queries.map((q) => ({ to: paths.search({ q }), label: q })) },
  ]
  return all.filter(({ options }) => options.length > 0)
}

/** What fits `typed`, asked for when the keys rest; null asks for nothing. An answer that nobody waits for is broken off. */
export function useFound(typed: string | null): Found {
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    const q = typed?.trim() ?? ''
    if (q.length < 2) return setFound(nothing)
    const stop = new AbortController()
    const ask = async () => {
      const answer = await fetch(paths.searchSuggestions({ q }), { signal: stop.signal })
      if (answer.ok) setFound(await answer.json())
    }
    // Without an answer there are no suggestions; the form does not need them.
    const timer = setTimeout(() => ask().catch(() => undefined), pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [typed])
  return found
}

type SuggestionsProps = { id: string; groups: Group[]; active: number; onChoose: () => void }

/** Over the page, so that nothing moves. Always there, for the box names it; hidden while there is nothing to choose. */
export function Suggestions({ id, groups, active, onChoose }: SuggestionsProps) {
  let place = -1
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="Suggestions"
      hidden={groups.length === 0}
      // The box keeps the keyboard while the pointer chooses.
      onMouseDown={(event) => event.preventDefault()}
      className="absolute inset-x-0 top-full z-40 mt-2 max-h-[70vh] overflow-y-auto rounded-card border border-line bg-surface p-2 shadow-lg"
    >
      {groups.map(({ title, options }) => (
        <fieldset key={title} aria-label={title} className="min-w-0">
          <p aria-hidden="true" className="px-3 pt-2 pb-1 text-sm text-muted">
            {title}
          </p>
          {options.map((option) => {
            place += 1
            return (
              <OptionLink
                key={option.to}
                id={`${id}-${place}`}
                option={option}
                isActive={place === active}
                onChoose={onChoose}
              />
            )
          })}
        </fieldset>
      ))}
    </div>
  )
}

type OptionProps = { id: string; option: Option; isActive: boolean; onChoose: () => void }

function OptionLink({ id, option, isActive, onChoose }: OptionProps) {
  const { to, label, image, price } = option
  return (
    <Link
      id={id}
      to={to}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      onClick={onChoose}
      ref={(link) => {
        if (isActive) link?.scrollIntoView({ block: 'nearest' })
      }}
      className={`flex min-h-11 items-center gap-3 rounded-lg px-3 py-1 ${isActive ? 'bg-accent-soft text-accent-strong' : 'hover:bg-sunk'}`}
    >
      {image !== undefined && <Picture image={image} alt="" sizes="44px" className="size-11 shrink-0 rounded-lg" />}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {price && <span className="nums text-sm text-muted">{price}</span>}
    </Link>
  )
}
