/** Values of fields by their type: what a control can show, and what a new one begins with. */
import { equalityCall, type FieldType, isObject, type Json } from '../../engine-worker/index.ts'

/** Whether a control for the type can show a value. */
export function fitsField(type: FieldType, value: Json | undefined): boolean {
  switch (type.is) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint'
    case 'list':
      return Array.isArray(value) && value.every((item) => fitsField(type.of, item))
    case 'object':
    case 'variants':
    case 'map':
    case 'kind':
    case 'rules':
      return isObject(value)
    case 'choice':
      return typeof value === 'string' && type.of.includes(value)
    case 'text':
    case 'property':
    case 'secret':
    case 'cron':
    case 'reference':
      return typeof value === 'string'
    case 'expression':
      return value !== undefined
    case 'either':
      return type.of.some((each) => fitsField(each, value))
    default:
      return false
  }
}

/** What a new value of the type begins with. */
export function freshField(type: FieldType): Json {
  switch (type.is) {
    case 'boolean':
      return false
    case 'integer':
    case 'number':
      return 0
    case 'list':
      return []
    case 'object':
    case 'variants':
    case 'map':
    case 'kind':
    case 'rules':
    case 'entities':
      return {}
    case 'expression':
      return equalityCall('', '')
    default:
      return ''
  }
}
