// The pictures of a product for staff: each with its words, place and option; a form to add one. Plain forms, also to upload.
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { Field, PostForm, SelectField } from './form.tsx'
import { type ImageInfo, Picture } from './picture.tsx'

type PictureInfo = ImageInfo & {
  id: string
  position: number
  optionName: string | null
  optionValue: string | null
}
type ProductPicturesProps = {
  images: PictureInfo[]
  /** "Colour: Sage" … */
  choices: string[]
  problem?: FormProblem
}

export function ProductPictures({ images, choices, problem }: ProductPicturesProps) {
  const added = problem?.intent === 'addPicture' ? problem : undefined
  return (
    <section id="pictures" className="mt-12" aria-labelledby="pictures-title">
      <h2 id="pictures-title" className="mb-4 text-xl">
        Pictures
      </h2>
      {images.length === 0 && <p className="mb-4 text-muted">It has none yet. The first one is shown in lists.</p>}
      <ul className="grid gap-4 lg:grid-cols-2">
        {images.map((image) => (
          <li key={image.id} className="card p-4">
            <OnePicture
              image={image}
              choices={choices}
              problem={problem && problem.values.imageId === image.id ? problem : undefined}
            />
          </li>
        ))}
      </ul>
      <PostForm problem={added} encType="multipart/form-data" className="card mt-4 grid gap-4 p-5 sm:grid-cols-2">
        <h3 className="text-lg sm:col-span-2">Add a picture</h3>
        <Field
          label="File"
          name="file"
          type="file"
          required
          accept="image/jpeg,image/png,image/webp"
          hint="JPEG, PNG or WebP, 5 MB at most. It is made square-friendly, smaller and free of hidden data."
          problem={added}
        />
        <Field
          label="What it shows"
          name="alt"
          required
          maxLength={300}
          hint="For those who cannot see it."
          problem={added}
        />
        <OptionField name="option" choices={choices} problem={added} />
        <div className="self-end">
          <Button variant="secondary" name="intent" value="addPicture">
            Add picture
          </Button>
        </div>
      </PostForm>
    </section>
  )
}

type OnePictureProps = { image: PictureInfo; choices: string[]; problem?: FormProblem }

function OnePicture({ image, choices, problem }: OnePictureProps) {
  const of = (name: string) => `${name}.${image.id}`
  return (
    <PostForm problem={problem} className="grid gap-3 sm:grid-cols-[7rem_1fr]">
      <input type="hidden" name="imageId" value={image.id} />
      <Picture image={image} sizes="7rem" className="size-28 shrink-0 rounded-card object-cover" />
      <div className="grid gap-3">
        <Field
          label="What it shows"
          name={of('alt')}
          required
          maxLength={300}
          defaultValue={image.alt}
          problem={problem}
        />
        <div className="grid gap-3 sm:grid-cols-[1fr_6rem]">
          <OptionField
            name={of('option')}
            choices={choices}
            chosen={image.optionName ? `${image.optionName}: ${image.optionValue}` : ''}
            problem={problem}
          />
          <Field
            label="Position"
            name={of('position')}
            required
            inputMode="numeric"
            pattern="[0-9]{1,4}"
            defaultValue={String(image.position)}
            problem={problem}
          />
        </div>
        <div className="flex flex-wrap gap-3">
          <Button variant="secondary" name="intent" value="changePicture">
            Save
          </Button>
          <Button variant="danger" name="intent" value="removePicture" formNoValidate>
            Take off
          </Button>
        </div>
      </div>
    </PostForm>
  )
}

type OptionFieldProps = { name: string; choices: string[]; chosen?: string; problem?: FormProblem }

function OptionField({ name, choices, chosen = '', problem }: OptionFieldProps) {
  if (choices.length === 0) return null
  return (
    <SelectField label="Shown for" name={name} defaultValue={chosen} problem={problem}>
      <option value="">Every variant</option>
      {choices.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </SelectField>
  )
}
