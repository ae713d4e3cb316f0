// A synonym's form, and what searches find before and after: shown before anything is kept.
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { CheckboxField, Field, PostForm, TextareaField } from './form.tsx'
import { StatusBadge } from './parts.tsx'

type SynonymInfo = { typed: string; means: string[]; twoWay: boolean; version: number }
type SynonymFieldsProps = { synonym: SynonymInfo | null; typed: string; readOnly: boolean; problem?: FormProblem }

export function SynonymFields({ synonym, typed, readOnly, problem }: SynonymFieldsProps) {
  return (
    <PostForm problem={problem} className="card p-5">
      <fieldset disabled={readOnly} className="grid gap-5 sm:grid-cols-2">
        <legend className="sr-only">The synonym</legend>
        {synonym && <input type="hidden" name="version" value={synonym.version} />}
        <Field
          label="Who types"
          name="typed"
          required
          maxLength={60}
          hint="A word or a few, as people write it. Plural and capitals do not matter."
          defaultValue={synonym?.typed ?? typed}
          problem={problem}
        />
        <TextareaField
          label="Also finds"
          name="means"
          required
          rows={3}
          hint="Words that your products use, one in a line."
          defaultValue={synonym?.means.join('\n')}
          problem={problem}
        />
        <CheckboxField
          label="Both ways"
          hint="Each of these words finds what the others find."
          name="twoWay"
          value="1"
          defaultChecked={synonym?.twoWay}
          problem={problem}
          className="sm:col-span-2"
        />
        {!readOnly && (
          <div className="flex flex-wrap gap-3 sm:col-span-2">
            <Button name="intent" value="save">
              Save synonym
            </Button>
            <Button variant="secondary" name="intent" value="preview">
              Show what changes
            </Button>
          </div>
        )}
      </fieldset>
    </PostForm>
  )
}

type Found = { total: number; first: { slug: string; title: string }[] }
type Outcome = {
  searches: { query: string; before: Found; after: Found }[]
  expectations: {
    id: string
    query: string
    product: { title: string }
    position: number | null
    positionAfter: number | null
    metAfter: boolean
  }[]
}

const standing = (position: number | null) => (position === null ? 'not in the first 60' : `place ${position}`)

export function SynonymOutcome({ preview }: { preview: Outcome }) {
  return (
    <section aria-labelledby="outcome" className="mt-8">
      <h2 id="outcome" className="mb-1 text-xl">
        What would change
      </h2>
      <p className="mb-4 text-muted">Nothing is saved yet.</p>
      <div className="grid gap-6">
        {preview.searches.map(({ query, before, after }) => (
          <article key={query} className="card p-5">
            <h3 className="text-lg wrap-anywhere">“{query}”</h3>
            <div className="mt-3 grid gap-6 sm:grid-cols-2">
              <FoundList title="Now" found={before} known={null} />
              <FoundList title="With this synonym" found={after} known={before} />
            </div>
          </article>
        ))}
        {preview.expectations.length > 0 && (
          <article className="card p-5">
            <h3 className="text-lg">Expectations that move</h3>
            <ul className="mt-3 grid gap-3">
              {preview.expectations.map(({ id, query, product, position, positionAfter, metAfter }) => (
                <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <StatusBadge tone={metAfter ? 'good' : 'bad'}>{metAfter ? 'Met' : 'Not met'}</StatusBadge>
                  <span>
                    “{query}”: {product.title} from {standing(position)} to {standing(positionAfter)}
                  </span>
                </li>
              ))}
            </ul>
          </article>
        )}
      </div>
    </section>
  )
}

/** `known`: what was there before; what is new is marked. */
function FoundList({ title, found, known }: { title: string; found: Found; known: Found | null }) {
  const isNew = (slug: string) => known !== null && !known.first.some((one) => one.slug === slug)
  return (
    <div>
      <h4 className="font-sans text-base font-semibold tracking-normal">
        {title}: {found.total === 1 ? '1 product' : `${found.total} products`}
      </h4>
      {found.total > 0 && (
        <ol className="mt-2 list-decimal pl-6">
          {found.first.map(({ slug, title: name }) => (
            <li key={slug} className="py-0.5">
              {name} {isNew(slug) && <span className="text-sm font-semibold text-good">new</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
