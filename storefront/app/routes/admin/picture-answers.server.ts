// What the forms of a product's pictures do: add, change, take away. Each asks for the permission by itself.
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { adminAddImage, adminGetProduct, adminRemoveImage, adminUpdateImage } from '#app/domain/catalog/admin.server.ts'
import { pictureInputOf } from '#app/domain/catalog/staff/picture-input.ts'
import { fileOf, type Post } from '#app/http/parse.server.ts'
import { type Args, byVisitor, requireStaff } from '#app/http/session.server.ts'
import { DomainError, isDomainError, notFound } from '#app/lib/errors.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'

/** The handlers of product `id`, for its page's action. */
export function pictureAnswers(args: Args, id: string) {
  const to = `${paths.adminProduct(id)}#pictures`
  const act = { action: 'products:write', subject: `product:${id}` }
  return {
    addPicture: async ({ values, form, visitor }: Post) => {
      await requireStaff(args, 'products:write')
      const { options } = await adminGetProduct(id)
      const { alt, optionName, optionValue } = pictureInputOf(values, '', options)
      const file = fileOf(form)
      if (!file) throw refused('Choose a picture: JPEG, PNG or WebP, 5 MB at most.')
      const input = { file, alt, ...(optionName && optionValue && { optionName, optionValue }) }
      const after = { picture: { added: alt } }
      await actOutside(byVisitor(visitor), { ...act, after }, () => adminAddImage(id, input)).catch((error) => {
        throw isDomainError(error, 'validation_failed') ? refused(error.extra.fields?.file?.[0]) : error
      })
      return { to, flash: { kind: 'good' as const, text: 'The picture is in the shop.' } }
    },
    changePicture: async ({ values, visitor }: Post) => {
      await requireStaff(args, 'products:write')
      const imageId = values.imageId ?? ''
      const { options, images } = await adminGetProduct(id)
      const old = images.find((image) => image.id === imageId)
      if (!old) throw notFound('The picture')
      const input = pictureInputOf(values, `.${imageId}`, options)
      const body = { ...input, position: input.position ?? old.position }
      const before = { alt: old.alt, position: old.position }
      await actOutside(byVisitor(visitor), { ...act, before, after: body }, () => adminUpdateImage(id, imageId, body))
      return { to, flash: { kind: 'good' as const, text: 'The picture is changed.' } }
    },
    removePicture: async ({ values, visitor }: Post) => {
      await requireStaff(args, 'products:write')
      const imageId = values.imageId ?? ''
      if (!isUuid(imageId)) throw notFound('The picture')
      const after = { picture: { removed: imageId } }
      await actOutside(byVisitor(visitor), { ...act, after }, () => adminRemoveImage(id, imageId))
      return { to, flash: { kind: 'good' as const, text: 'The picture is taken off the product.' } }
    },
  }
}

const refused = (message = 'This picture cannot be read.') =>
  new DomainError('validation_failed', 'Please check what you entered.', { fields: { file: [message] } })
