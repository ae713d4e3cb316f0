// A password input that may be pasted into and, with JavaScript, shown. It never comes back filled in.
import { type ComponentProps, useEffect, useState } from 'react'
import { Field } from './form.tsx'

type Props = Omit<ComponentProps<typeof Field>, 'type' | 'defaultValue'> & {
  autoComplete: 'current-password' | 'new-password'
}

export function PasswordField({ className = '', ...field }: Props) {
  const [enhanced, setEnhanced] = useState(false)
  const [shown, setShown] = useState(false)
  useEffect(() => setEnhanced(true), [])
  return (
    <div className={`relative ${className}`}>
      <Field
        {...field}
        type={shown ? 'text' : 'password'}
        required
        maxLength={512}
        spellCheck={false}
        autoCapitalize="none"
      />
      {enhanced && (
        <button
          type="button"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute top-0 right-0 inline-flex min-h-6 items-center rounded px-1 text-sm text-accent hover:underline"
        >
          {shown ? 'Hide' : 'Show'}
          <span className="sr-only"> {field.label.toLowerCase()}</span>
        </button>
      )}
    </div>
  )
}
