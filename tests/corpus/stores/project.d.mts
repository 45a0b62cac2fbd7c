export const project: string
export const files: Readonly<Record<string, string>>
export const later: Readonly<Record<string, string>>
export const orders: string
export const oneMoreOrder: string
