/** Places inside a JSON value: keys and list indexes from the outside in. */
export type JsonPath = readonly (string | number)[]
