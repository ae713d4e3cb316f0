// stub
export const createCategory = async (..._: unknown[]): Promise<never> => {
  throw new Error('createCategory')
}
export const deleteCategory = async (..._: unknown[]): Promise<never> => {
  throw new Error('deleteCategory')
}
export const updateCategory = async (..._: unknown[]): Promise<never> => {
  throw new Error('updateCategory')
}
