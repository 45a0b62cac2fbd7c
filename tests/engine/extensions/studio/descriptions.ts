/** Descriptions of made-up services, one in each version of OpenAPI. */

/** 3.0 in YAML: pages by number, incremental reads, nested resources, authentication by a header. */
export const shopYaml = `
openapi: 3.0.3
info: { title: Shop API, version: "1" }
servers:
  - url: https://{region}.shop.example/api/
    variables: { region: { default: eu } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
  parameters:
    size: { name: per_page, in: query, schema: { type: integer, maximum: 50 } }
  schemas:
    Customer:
      type: object
      properties:
        id: { type: integer }
        name: { type: string, example: Ada }
        updated_at: { type: string, format: date-time }
        friends: { type: array, items: { $ref: '#/components/schemas/Customer' } }
    Order:
      allOf:
        - { type: object, properties: { number: { type: string } } }
        - { type: object, properties: { total: { type: number } } }
paths:
  /customers:
    parameters: [{ $ref: '#/components/parameters/size' }]
    get:
      summary: All customers
      parameters:
        - { name: page, in: query, schema: { type: integer, default: 1 } }
        - { name: updated_since, in: query, schema: { type: string } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Customer' } }
                  total: { type: integer }
    post:
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Customer' } } }
      responses: { '201': { description: made } }
  /customers/{customerId}:
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Customer' } } } }
    patch: { responses: { '200': { description: ok } } }
    delete: { responses: { '204': { description: gone } } }
  /customers/{customerId}/orders:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } }
`

/** 2.0 in JSON: Pet shops of this kind list by a search, update the collection, and sign in by OAuth. */
export const petsSwagger = {
  swagger: '2.0',
  info: { title: 'Pets', version: '1' },
  host: 'pets.example',
  basePath: '/v2',
  schemes: ['https', 'http'],
  securityDefinitions: {
    auth: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://pets.example/login',
      tokenUrl: 'https://pets.example/token',
      scopes: { 'read:pets': 'Read' },
    },
  },
  definitions: {
    Pet: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' }, tag: { type: 'string' } } },
  },
  paths: {
    '/pet': {
      post: {
        parameters: [{ in: 'body', name: 'body', schema: { $ref: '#/definitions/Pet' } }],
        responses: { 200: {} },
      },
      put: {
        parameters: [{ in: 'body', name: 'body', schema: { $ref: '#/definitions/Pet' } }],
        responses: { 200: {} },
      },
    },
    '/pet/findByStatus': {
      get: {
        parameters: [
          {
            in: 'query',
            name: 'status',
            required: true,
            type: 'array',
            items: { type: 'string', enum: ['new', 'sold'] },
          },
        ],
        responses: { 200: { schema: { type: 'array', items: { $ref: '#/definitions/Pet' } } } },
      },
    },
    '/pet/findByTags': {
      get: { responses: { 200: { schema: { type: 'array', items: { $ref: '#/definitions/Pet' } } } } },
    },
    '/pet/{petId}': {
      get: { responses: { 200: { schema: { $ref: '#/definitions/Pet' } } } },
      delete: { responses: { 200: {} } },
    },
    '/user/login': { get: { responses: { 200: { schema: { type: 'string' } } } } },
  },
}

/** 3.1 in JSON: cursors, wrapped bodies, a key in the address. */
export const ticketsJson = {
  openapi: '3.1.0',
  info: { title: 'Tickets', version: '1' },
  servers: [{ url: '/relative' }],
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'token' } } },
  paths: {
    '/v1/tickets': {
      get: {
        parameters: [
          { name: 'cursor', in: 'query', schema: { type: 'string' } },
          { name: 'team', in: 'query', required: true, schema: { type: 'string' } },
        ],
        responses: {
          200: {
            content: {
              'application/json': {
                examples: {
                  one: {
                    value: {
                      tickets: [{ key: 'T-1', title: 'Broken' }],
                      meta: { next_cursor: 'abc' },
                    },
                  },
                },
              },
            },
          },
        },
      },
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: ['object', 'null'],
                properties: { ticket: { type: 'object', properties: { key: { const: 'T-1' } } } },
              },
            },
          },
        },
        responses: { 201: { content: { 'application/json': { example: { ticket: { key: 'T-1' } } } } } },
      },
    },
    '/v1/tickets/{key}': {
      get: {
        responses: {
          200: { content: { 'application/json': { example: { ticket: { key: 'T-1', title: 'Broken' } } } } },
        },
      },
      put: { responses: { 200: {} } },
    },
  },
}
