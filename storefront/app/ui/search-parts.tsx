// What the search page says beside its list: how the words were understood, and where to go on when nothing was found.
import { Link } from '@remix-run/react'
import { type ListState, listHref } from '#app/http/list-state.ts'
import { paths } from '#app/paths.ts'
import { clip } from './page-meta.ts'
import { type ProductCardInfo, ProductGrid } from './product-card.tsx'

type HintInfo = {
  typed: string
  words: string
  corrected: string | null
  /** Nothing has all the words. */
  partial: boolean
  didYouMean: string | null
  /** Where a price was said: the search for the very words. */
  literalHref: string | null
}

/** How the words were understood, each time with the way to what was typed. */
export function Hint({ hint, list }: { hint: HintInfo; list: ListState }) {
  const { typed, words, corrected, partial, didYouMean, literalHref } = hint
  return (
    <>
      {corrected && (
        <p className="mt-3">
          Nothing was found for “{clip(words, 120)}”.{' '}
          <Link to={listHref(list, { literal: true })} rel="nofollow" className="link">
            Search for exactly that
          </Link>
        </p>
      )}
      {partial && <p className="mt-3">Nothing has all of these words. These have some of them.</p>}
      {didYouMean && (
        <p className="mt-3">
          Did you mean{' '}
          <Link to={listHref(list, { q: didYouMean })} rel="nofollow" className="link">
            {didYouMean}
          </Link>
          ?
        </p>
      )}
      {literalHref && (
        <p className="mt-3">
          The price is taken as a filter.{' '}
          <Link to={literalHref} rel="nofollow" className="link">
            Search for the words “{clip(typed, 80)}”
          </Link>
        </p>
      )}
    </>
  )
}

type IdeasProps = { ideas: { categories: { slug: string; name: string }[]; popular: ProductCardInfo[] } }

export function Ideas({ ideas }: IdeasProps) {
  return (
    <>
      {ideas.categories.length > 0 && (
        <nav aria-label="Suggested categories" className="mt-12">
          <h2 className="text-xl">Browse instead</h2>
          <ul className="mt-4 flex flex-wrap gap-2">
            {ideas.categories.map((category) => (
              <li key={category.slug}>
                <Link
                  to={paths.category(category.slug)}
                  className="inline-flex min-h-11 items-center rounded-full border border-line bg-surface px-5 hover:border-ink"
                >
                  {category.name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {ideas.popular.length > 0 && (
        <section className="mt-12">
          <h2 className="mb-5 text-xl">What others like most</h2>
          <ProductGrid products={ideas.popular} />
        </section>
      )}
    </>
  )
}
