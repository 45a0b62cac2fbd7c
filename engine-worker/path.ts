/** Places inside a JSON value: keys and list indexes from the outside in. */
export type JsonPath = readonly (string | number)[]

/** Whether a place is another one or lies below it. */
export function isWithin(place: JsonPath, outer: JsonPath): boolean {
  return outer.length <= place.length && outer.every((part, index) => part === place[index])
}
