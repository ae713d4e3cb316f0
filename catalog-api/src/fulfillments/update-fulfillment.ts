// stub
export const markDelivered = async (..._: unknown[]): Promise<never> => {
  throw new Error('markDelivered')
}
export const updateTracking = async (..._: unknown[]): Promise<never> => {
  throw new Error('updateTracking')
}
