// stub
export const getCategory = async (..._: unknown[]): Promise<never> => {
  throw new Error('getCategory')
}
export const listCategories = async (..._: unknown[]): Promise<never> => {
  throw new Error('listCategories')
}
