// The cart's coupon: a field for a code; once there is one, what it gives or why it does not apply, and a way to take it
// off. Posts to the cart; works without JavaScript.
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, fieldId, PostForm } from './form.tsx'
import { Icon } from './icon.tsx'

type CouponFormProps = {
  code: string | null
  /** What it gives; null while it does not apply. */
  label: string | null
  /** Why it does not apply. */
  trouble: string | null
  problem: FormProblem | undefined
}

export function CouponForm({ code, label, trouble, problem }: CouponFormProps) {
  if (code) return <AppliedCode code={code} label={label} trouble={trouble} />
  return (
    <details className="group mt-4 text-sm" open={problem !== undefined}>
      <summary className="link flex min-h-11 items-center gap-2">
        <Icon name="tag" size={18} />
        Have a discount code?
      </summary>
      <PostForm
        action={paths.cart()}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3 pt-1"
        preventScrollReset
      >
        <Field
          id={fieldId('coupon')}
          label="Code"
          name="coupon"
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          problem={problem}
        />
        <Button variant="secondary" name="intent" value="coupon" className="mt-[1.65rem]">
          Apply
        </Button>
      </PostForm>
    </details>
  )
}

function AppliedCode({ code, label, trouble }: { code: string; label: string | null; trouble: string | null }) {
  return (
    <div
      className={`mt-4 rounded-card border p-3 text-sm ${trouble ? 'border-warn bg-warn-soft' : 'border-line bg-sunk'}`}
    >
      <div className="flex items-center justify-between gap-3">
        <p className="flex min-w-0 items-center gap-2">
          <Icon name="tag" size={18} className="shrink-0" />
          <strong className="break-all">{code}</strong>
          {label && <span className="text-muted">{label}</span>}
        </p>
        <PostForm action={paths.cart()} preventScrollReset>
          <button type="submit" name="intent" value="uncoupon" className="link min-h-11 px-2">
            Remove<span className="sr-only"> the code {code}</span>
          </button>
        </PostForm>
      </div>
      {trouble && <p className="font-medium text-warn">{trouble}</p>}
    </div>
  )
}
