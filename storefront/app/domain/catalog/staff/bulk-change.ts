// Checked rows of the product list, each as `<id>.<version>`: what was seen is what is changed. Pure.
import { z } from 'zod'

export const bulkChange = z.object({
  items: z
    .string('Check at least one product.')
    .transform((text) => [...new Set(text.split('\n'))])
    .pipe(
      z
        .array(z.string().regex(/^[0-9a-f-]{36}\.\d{1,9}$/, 'Please reload the page and try again.'))
        .min(1)
        .max(100),
    )
    .transform((marks) =>
      marks.map((mark) => {
        const [id = '', version = ''] = mark.split('.')
        return { id, version: Number(version) }
      }),
    ),
})
