// The staff's face of product pictures: upload, arrange, take away.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../../http/auth.ts'
import { Id, json, jsonBody } from '../../http/fields.ts'
import { errorAnswers } from '../../http/problem.ts'
import { newRouter } from '../../http/router.ts'
import { AdminImage, ImageUpdate, ImageUpload } from '../../media/schemas.ts'
import { addImage } from './add-image.ts'
import { removeImage, updateImage } from './update-image.ts'

export const staffImageRoutes = newRouter()
const tags = ['Pictures']
const imageIds = z.object({ id: Id, imageId: Id })

staffImageRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/products/{id}/images',
    operationId: 'addImage',
    tags,
    summary: 'Upload a picture of a product',
    description: 'It is decoded and written anew as WebP in three widths; its key is the hash of its content.',
    ...needs('catalog:write'),
    request: {
      params: z.object({ id: Id }),
      body: { required: true, content: { 'multipart/form-data': { schema: ImageUpload } } },
    },
    responses: {
      201: json(AdminImage, 'Added'),
      ...errorAnswers(
        'validation_failed',
        'malformed_json',
        'unsupported_media_type',
        'payload_too_large',
        'unauthorized',
        'forbidden',
        'not_found',
      ),
    },
  }),
  async (c) => c.json(await addImage(c.var.settings.mediaDir, c.req.valid('param').id, c.req.valid('form')), 201),
)

staffImageRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/products/{id}/images/{imageId}',
    operationId: 'updateImage',
    tags,
    summary: 'Change the words, place or option of a picture',
    ...needs('catalog:write'),
    request: { params: imageIds, body: jsonBody(ImageUpdate) },
    responses: {
      200: json(AdminImage, 'Changed'),
      ...errorAnswers(
        'validation_failed',
        'malformed_json',
        'unsupported_media_type',
        'payload_too_large',
        'unauthorized',
        'forbidden',
        'not_found',
      ),
    },
  }),
  async (c) => {
    const { id, imageId } = c.req.valid('param')
    return c.json(await updateImage(id, imageId, c.req.valid('json')), 200)
  },
)

staffImageRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/admin/products/{id}/images/{imageId}',
    operationId: 'removeImage',
    tags,
    summary: 'Take a picture off a product; its files stay for old orders and mails',
    ...needs('catalog:write'),
    request: { params: imageIds },
    responses: {
      204: { description: 'Removed' },
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => {
    const { id, imageId } = c.req.valid('param')
    await removeImage(id, imageId)
    return c.body(null, 204)
  },
)
