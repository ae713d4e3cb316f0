// stub
export const removeImage = async (..._: unknown[]): Promise<never> => {
  throw new Error('removeImage')
}
export const updateImage = async (..._: unknown[]): Promise<never> => {
  throw new Error('updateImage')
}
