/**
 * The manifest of a microservice: what an image is, what it asks for, which of its paths can be read, written to or
 * transform entities, and what these entities are. It lies beside the configuration, in
 * `microservices/<name>/microservice.json`; `public/microservice.schema.json` is made of this declaration.
 */
import {
  anyShape,
  choiceShape,
  countShape,
  flagShape,
  listShape,
  objectShape,
  recordShape,
  type TypeOfShape,
  textShape,
} from '../model/shape.ts'
import { imagePattern } from './image.ts'

/** What a path of a microservice is for, in the order of a pipe. */
const pathUses = ['read', 'transform', 'write'] as const
export type PathUse = (typeof pathUses)[number]

const title = textShape('A name for people.')
const description = textShape('One or two sentences for people.')

const variableShape = objectShape(
  'An environment variable of the container.',
  {},
  {
    title,
    description,
    type: choiceShape('What it holds; a text by default. What is no text reaches the container as JSON.', [
      'text',
      'integer',
      'number',
      'boolean',
      'json',
    ]),
    choices: listShape('The texts that it can be.', textShape('One of them.'), 1),
    secret: flagShape('It is a secret: the configuration names it as $SECRET(name) and never holds it.'),
    required: flagShape('The microservice does not start without it.'),
    default: anyShape('What counts where it is not set.'),
  },
)

const pathShape = objectShape(
  'A path of the microservice, relative to its address.',
  {
    uses: listShape('What it is for.', choiceShape('One use.', pathUses), 1),
  },
  {
    title,
    description,
    entity: textShape('What it takes, or gives where it is read: one of `entities`.'),
    gives: textShape('What a transform answers with, where that is another one of `entities`.'),
    since: flagShape('It is read incrementally: it heeds the parameter since.'),
    batch_size: countShape('How many entities it takes in one request.', 1),
  },
)

const dockerShape = objectShape(
  'The container, as in the configuration of a microservice in Sesam.',
  {
    image: textShape('The image, with a tag.', imagePattern, 'the name of a Docker image such as acme/weather:1.2'),
    port: countShape('The port that it listens on.', 1, 65535),
  },
  {
    memory: countShape('Memory in megabytes.', 1),
    cpu_quota: countShape('Share of the processor in per cent.', 1),
    hosts: recordShape('Names of hosts and their addresses.', textShape('An address.')),
    skip_pull: flagShape('Never look for a newer image.'),
  },
)

export const microserviceShape = objectShape(
  'A microservice for Sesam: its image, its settings, its paths and its entities.',
  { title, docker: dockerShape },
  {
    $schema: textShape('The address of this schema.'),
    description,
    documentation: textShape('The address of its documentation.', /^https:\/\/[^\s"'<>]+$/, 'an address with https'),
    icon: textShape('The name of a picture, or a small PNG or SVG as a data URI in base64.'),
    authentication: choiceShape('How it asks who calls.', ['basic', 'digest']),
    use_https: flagShape('It speaks HTTPS.'),
    environment: recordShape('Its environment variables by name.', variableShape),
    paths: recordShape('Its paths.', pathShape),
    entities: recordShape(
      'JSON Schemas of its entities by name, each with `_id`; `examples` of one are entities to start with.',
      anyShape('A JSON Schema.'),
    ),
  },
)

export type MicroserviceManifest = TypeOfShape<typeof microserviceShape>
export type MicroserviceVariable = NonNullable<MicroserviceManifest['environment']>[string]

/** A manifest that is there and can be used. */
export interface Microservice {
  /** Its folder below `microservices/`. */
  readonly name: string
  readonly file: string
  readonly manifest: MicroserviceManifest
}
