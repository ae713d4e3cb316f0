// The form that announces a return: for each thing how many come back and why. Plain fields; the page's action does the work.

import { returnReasonLabel, returnReasons } from '#app/domain/returns/return-status.ts'
import type { ReturnableLine } from '#app/domain/returns/returnable.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { Field, PostForm, SelectField, TextareaField } from './form.tsx'
import { Picture } from './picture.tsx'

type ReturnFormProps = { lines: ReturnableLine[]; formKey: string; problem?: FormProblem }

export function ReturnForm({ lines, formKey, problem }: ReturnFormProps) {
  return (
    <PostForm problem={problem} className="grid gap-6">
      <input type="hidden" name="formKey" value={formKey} />
      <ul className="card divide-y divide-line px-5">
        {lines.map((line) => (
          <ReturnLine key={line.sku} line={line} problem={problem} />
        ))}
      </ul>
      <TextareaField
        label="Anything we should know"
        name="note"
        optional
        maxLength={1000}
        hint="What is broken, which size would have fitted …"
        problem={problem}
      />
      <div>
        <Button name="intent" value="request">
          Announce the return
        </Button>
      </div>
    </PostForm>
  )
}

function ReturnLine({ line, problem }: { line: ReturnableLine; problem?: FormProblem }) {
  return (
    <li className="grid grid-cols-[4.5rem_1fr] gap-4 py-4">
      <Picture
        image={line.imageSrc ? { src: line.imageSrc, alt: '', width: 1200, height: 1200 } : null}
        sizes="72px"
        className="rounded-field"
      />
      <fieldset className="min-w-0">
        <legend className="font-semibold">
          {line.title} <span className="font-normal text-muted">{line.variantTitle}</span>
        </legend>
        <div className="mt-2 grid gap-4 sm:grid-cols-[9rem_1fr]">
          <Field
            label={`How many (of ${line.quantity})`}
            name={`q:${line.sku}`}
            type="number"
            inputMode="numeric"
            min={0}
            max={line.quantity}
            defaultValue={0}
            problem={problem}
          />
          <SelectField label="Why" name={`r:${line.sku}`} defaultValue="changed_mind" problem={problem}>
            {returnReasons.map((reason) => (
              <option key={reason} value={reason}>
                {returnReasonLabel[reason]}
              </option>
            ))}
          </SelectField>
        </div>
      </fieldset>
    </li>
  )
}
