// stub
export const addImage = async (..._: unknown[]): Promise<never> => {
  throw new Error('addImage')
}
