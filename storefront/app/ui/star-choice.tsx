// One to five stars as five buttons to press, each with its words for those who hear the page. Works without JavaScript.
import type { FormProblem } from '#app/http/problem.ts'
import { fieldId } from './form.tsx'
import { Icon } from './icon.tsx'

const words = ['not for me', 'disappointing', 'it will do', 'good', 'I love it']

type StarChoiceProps = { label: string; chosen?: number; problem?: FormProblem }

export function StarChoice({ label, chosen, problem }: StarChoiceProps) {
  const id = fieldId('rating')
  const error = problem?.fields.rating?.[0]
  const typed = Number(problem?.values.rating) || chosen
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={error && `${id}-error`}>
      <legend className="mb-1.5 text-sm font-semibold">{label}</legend>
      <div className="grid max-w-md grid-cols-5 gap-1.5">
        {words.map((word, index) => (
          <label
            key={word}
            className="relative flex min-h-14 flex-col items-center justify-center rounded-field border border-edge bg-surface text-lg font-semibold has-checked:border-accent has-checked:bg-accent-soft has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="rating"
              value={index + 1}
              required
              defaultChecked={typed === index + 1}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
            />
            <span aria-hidden="true" className="nums flex items-center gap-1">
              {index + 1}
              <Icon name="star" size={16} className="text-accent" />
            </span>
            <span className="sr-only">
              {index === 0 ? '1 star' : `${index + 1} stars`}, {word}
            </span>
          </label>
        ))}
      </div>
      <p aria-hidden="true" className="mt-1 flex max-w-md justify-between text-sm text-muted">
        <span>Not for me</span>
        <span>I love it</span>
      </p>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-sm font-medium text-bad">
          <Icon name="circle-alert" size={16} className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  )
}
