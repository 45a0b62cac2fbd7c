export { nearest } from '../dtl/nearest.ts'
