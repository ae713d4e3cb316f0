// Forms that work without JavaScript: a token against forgery, labels above, errors beside the field and in a summary that links to it.
import { Form, useNavigation, useRouteLoaderData } from '@remix-run/react'
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react'
import type { FormProblem } from '#app/http/problem.ts'
import { Icon } from './icon.tsx'

/** The visitor's form token, from the root loader. */
export const useCsrf = (): string => (useRouteLoaderData('root') as { csrf?: string } | undefined)?.csrf ?? ''

type PostFormProps = Omit<ComponentProps<typeof Form>, 'method'> & { problem?: FormProblem; children: ReactNode }

/** A POST form. With `problem` it opens with what went wrong; each named field links to its input. */
export function PostForm({ problem, children, ...form }: PostFormProps) {
  return (
    <Form method="post" noValidate={Boolean(problem)} {...form}>
      <input type="hidden" name="csrf" value={useCsrf()} />
      {problem?.message && <ErrorSummary problem={problem} />}
      {children}
    </Form>
  )
}

export const fieldId = (name: string): string => `field-${name.replace(/[^a-zA-Z0-9_-]/g, '-')}`

/** What went wrong, in words, focused so that a screen reader says it first. */
export function ErrorSummary({ problem }: { problem: FormProblem }) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new refusal takes the focus again
  useEffect(() => box.current?.focus(), [problem])
  const fields = Object.entries(problem.fields)
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-6 flex gap-3 rounded-card border border-bad bg-bad-soft p-4 text-bad"
    >
      <Icon name="circle-alert" className="mt-0.5 shrink-0" />
      <div>
        <p className="font-semibold">{problem.message}</p>
        {fields.length > 0 && (
          <ul className="mt-1 list-disc pl-5 text-sm">
            {fields.map(([name, messages]) => (
              <li key={name}>
                <a className="underline" href={`#${fieldId(name)}`}>
                  {messages[0]}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

type Shared = {
  label: string
  name: string
  hint?: ReactNode
  problem?: FormProblem
  className?: string
  optional?: boolean
}

function describe({ name, hint, problem }: Shared, id: string) {
  const error = problem?.fields[name]?.[0]
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return { error, aria: { 'aria-invalid': error ? true : undefined, 'aria-describedby': described } }
}

function Frame({ id, shared, error, children }: { id: string; shared: Shared; error?: string; children: ReactNode }) {
  return (
    <div className={shared.className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
        {shared.label}
        {shared.optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children}
      {shared.hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
          {shared.hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-sm font-medium text-bad">
          <Icon name="circle-alert" size={16} className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  )
}

/** What was typed wins over the stored value. */
const shown = (shared: Shared, stored: unknown) =>
  (shared.problem?.values[shared.name] ?? stored ?? undefined) as string | undefined

type FieldProps = Shared & Omit<ComponentProps<'input'>, keyof Shared>

export function Field({ label, name, hint, problem, className, optional, ...input }: FieldProps) {
  const shared = { label, name, hint, problem, className, optional }
  const id = input.id ?? fieldId(name)
  const { error, aria } = describe(shared, id)
  const defaultValue = input.type === 'password' ? undefined : shown(shared, input.defaultValue)
  return (
    <Frame id={id} shared={shared} error={error}>
      <input {...input} {...aria} id={id} name={name} defaultValue={defaultValue} className="field" />
    </Frame>
  )
}

type SelectProps = Shared & Omit<ComponentProps<'select'>, keyof Shared>

export function SelectField({ label, name, hint, problem, className, optional, children, ...select }: SelectProps) {
  const shared = { label, name, hint, problem, className, optional }
  const id = select.id ?? fieldId(name)
  const { error, aria } = describe(shared, id)
  return (
    <Frame id={id} shared={shared} error={error}>
      <select
        {...select}
        {...aria}
        id={id}
        name={name}
        defaultValue={shown(shared, select.defaultValue)}
        className="field"
      >
        {children}
      </select>
    </Frame>
  )
}

type TextareaProps = Shared & Omit<ComponentProps<'textarea'>, keyof Shared>

export function TextareaField({ label, name, hint, problem, className, optional, ...textarea }: TextareaProps) {
  const shared = { label, name, hint, problem, className, optional }
  const id = textarea.id ?? fieldId(name)
  const { error, aria } = describe(shared, id)
  return (
    <Frame id={id} shared={shared} error={error}>
      <textarea
        rows={4}
        {...textarea}
        {...aria}
        id={id}
        name={name}
        defaultValue={shown(shared, textarea.defaultValue)}
        className="field"
      />
    </Frame>
  )
}

type CheckboxProps = Omit<Shared, 'optional'> & Omit<ComponentProps<'input'>, keyof Shared>

export function CheckboxField({ label, name, hint, problem, className, ...input }: CheckboxProps) {
  const id = input.id ?? fieldId(name)
  const checked = problem ? problem.values[name] !== undefined : input.defaultChecked
  return (
    <div className={className}>
      <label htmlFor={id} className="flex min-h-6 items-start gap-3">
        <input
          type="checkbox"
          {...input}
          id={id}
          name={name}
          defaultChecked={checked}
          className="mt-1 size-5 shrink-0 accent-accent"
        />
        <span>
          {label}
          {hint && <span className="block text-sm text-muted">{hint}</span>}
        </span>
      </label>
    </div>
  )
}

/** Small hidden forms inside lists need ids of their own. */
export const useFieldId = (name: string): string => `${fieldId(name)}-${useId().replace(/:/g, '')}`

/** Whether a post of this page is on its way (optionally of one intent). */
export function useBusy(intent?: string): boolean {
  const navigation = useNavigation()
  if (navigation.state === 'idle' || navigation.formMethod !== 'POST') return false
  return intent === undefined || navigation.formData?.get('intent') === intent
}
