// The form of a discount code, for staff: what it gives, to whom, when and how often.
import type { Coupon } from '#app/domain/promotions/coupon-rules.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { shopCurrency } from '#app/lib/money.ts'
import { typedMoment, typedMoney, typedPercent } from '#app/lib/typed.ts'
import { Button } from './button.tsx'
import { CheckboxField, Field, PostForm, SelectField } from './form.tsx'

const typedValue = (coupon: Coupon): string =>
  coupon.kind === 'percent' ? typedPercent(coupon.value) : typedMoney(coupon.value || null, coupon.currency)

export function CouponFields({ coupon, problem }: { coupon: Coupon | null; problem: FormProblem | undefined }) {
  const field = { problem, optional: true }
  return (
    <PostForm problem={problem} className="card grid gap-5 p-5 sm:grid-cols-2">
      <input type="hidden" name="version" value={coupon?.version ?? 0} />
      <Field
        label="Code"
        name="code"
        required
        maxLength={40}
        autoCapitalize="characters"
        defaultValue={coupon?.code}
        hint="What shoppers type. Small letters become capitals."
        problem={problem}
      />
      <Field
        label="Description"
        name="description"
        maxLength={300}
        defaultValue={coupon?.description}
        {...field}
        hint="For staff only."
      />
      <SelectField
        label="What it gives"
        name="kind"
        required
        defaultValue={coupon?.kind ?? 'percent'}
        problem={problem}
      >
        <option value="percent">A percentage off the goods</option>
        <option value="fixed">An amount off the goods ({shopCurrency})</option>
        <option value="free_shipping">Free delivery</option>
      </SelectField>
      <Field
        label="Percentage or amount"
        name="value"
        inputMode="decimal"
        defaultValue={coupon ? typedValue(coupon) : undefined}
        hint="10 for 10%, or 5.00. Not needed for free delivery."
        {...field}
      />
      <Field
        label={`Goods must be worth (${shopCurrency})`}
        name="minimum"
        inputMode="decimal"
        defaultValue={typedMoney(coupon?.minimumMinor ?? null, shopCurrency)}
        {...field}
      />
      <Field
        label="How often in all"
        name="limitTotal"
        inputMode="numeric"
        defaultValue={coupon?.limitTotal ?? ''}
        {...field}
      />
      <Field
        label="How often per customer"
        name="limitPerCustomer"
        inputMode="numeric"
        defaultValue={coupon?.limitPerCustomer ?? ''}
        hint="Counted by account and by e-mail address."
        {...field}
      />
      <Field
        label="Begins (UTC)"
        name="startsAt"
        type="datetime-local"
        defaultValue={typedMoment(coupon?.startsAt ?? null)}
        {...field}
      />
      <Field
        label="Ends (UTC)"
        name="endsAt"
        type="datetime-local"
        defaultValue={typedMoment(coupon?.endsAt ?? null)}
        {...field}
      />
      <CheckboxField
        label="It can be used"
        name="active"
        defaultChecked={coupon?.active ?? true}
        problem={problem}
        className="self-end pb-3"
      />
      <div className="sm:col-span-2">
        <Button name="intent" value="save">
          Save
        </Button>
      </div>
    </PostForm>
  )
}
