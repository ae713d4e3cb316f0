// The form of a category, for a new one and for a change.
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { Field, PostForm, SelectField, TextareaField } from './form.tsx'
import { type ImageInfo, Picture } from './picture.tsx'

type CategoryInfo = {
  name: string
  slug: string
  description: string
  image: (ImageInfo & { key: string }) | null
  parentId: string | null
  position: number
  version: number
}
type CategoryFormProps = {
  category: CategoryInfo | null
  parents: { value: string; label: string }[]
  readOnly: boolean
  problem?: FormProblem
}

export function CategoryForm({ category, parents, readOnly, problem }: CategoryFormProps) {
  return (
    <PostForm problem={problem} className="card p-5">
      <fieldset disabled={readOnly} className="grid gap-5 sm:grid-cols-2">
        <legend className="sr-only">The category</legend>
        {category && <input type="hidden" name="version" value={category.version} />}
        <Field label="Name" name="name" required maxLength={100} defaultValue={category?.name} problem={problem} />
        <Field
          label="Address in the shop"
          name="slug"
          optional
          maxLength={120}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          hint={category ? 'The old address will lead to a new one.' : 'Empty: made from the name.'}
          defaultValue={category?.slug}
          problem={problem}
        />
        <SelectField label="Stands in" name="parentId" defaultValue={category?.parentId ?? ''} problem={problem}>
          <option value="">Nothing: it is at the top</option>
          {parents.map((parent) => (
            <option key={parent.value} value={parent.value}>
              {parent.label}
            </option>
          ))}
        </SelectField>
        <Field
          label="Position"
          name="position"
          required
          inputMode="numeric"
          pattern="[0-9]{1,5}"
          hint="Lower numbers come first among its neighbours."
          defaultValue={String(category?.position ?? 0)}
          problem={problem}
        />
        <TextareaField
          label="Description"
          name="description"
          optional
          maxLength={2000}
          hint="Shoppers and search engines read it at the top of the page."
          defaultValue={category?.description}
          problem={problem}
          className="sm:col-span-2"
        />
        <Field
          label="Picture"
          name="imageKey"
          optional
          maxLength={200}
          hint="The key of a picture that is already in the shop."
          defaultValue={category?.image?.key ?? ''}
          problem={problem}
        />
        {category?.image && (
          <Picture image={category.image} sizes="6rem" className="size-24 shrink-0 rounded-card object-cover" />
        )}
        {!readOnly && (
          <div className="sm:col-span-2">
            <Button name="intent" value="save">
              {category ? 'Save changes' : 'Save category'}
            </Button>
          </div>
        )}
      </fieldset>
    </PostForm>
  )
}
