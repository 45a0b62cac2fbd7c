/**
 * A node of about 300 pipes, shaped like real ones: systems with conditional sources (a service, or data for tests), a
 * pipe that enriches each dataset, globals that merge up to 19 of them, globals in a circle through pipes that join
 * each other, and what is shared back. Each property is named at most once in a line, so that each renamed use changes
 * one line.
 */
const systems = ['crm', 'erp', 'shop', 'post', 'desk', 'hr', 'ad', 'pay', 'mail', 'bi', 'web', 'ref']
const concepts: Readonly<Record<string, readonly string[]>> = {
  customer: ['crm', 'erp', 'shop', 'desk', 'mail', 'web', 'pay'],
  order: ['shop', 'erp', 'post', 'web'],
  product: ['shop', 'erp', 'web'],
  employee: ['hr', 'ad', 'pay', 'mail'],
  invoice: ['erp', 'pay'],
  department: ['hr', 'ad'],
  project: ['erp', 'bi'],
  supplier: ['erp', 'crm'],
  campaign: ['mail', 'crm'],
}
const nameEndings = ['', '-detail', '-note', '-status', '-link']

/** The property that the engineer's story renames. */
export const renamed = 'vat_no'

type Pipe = Readonly<Record<string, unknown>> & { readonly _id: string }

const rules = (...steps: readonly unknown[]) => ({ type: 'dtl', rules: { default: steps } })

function collect(system: string, concept: string, part: string): Pipe {
  const entities = [1, 2].map((n) => ({
    _id: `${concept[0]}${n}`,
    VatNumber: `NO${n}`,
    Name: `${concept} ${n}`,
    Ref: `${concept[0]}${n}`,
  }))
  return {
    _id: `${system}-${concept}${part}-collect`,
    type: 'pipe',
    source: {
      type: 'conditional',
      condition: '$ENV(node-env)',
      alternatives: {
        prod: { type: 'rest', system, operation: 'list' },
        test: { type: 'embedded', entities },
      },
    },
    pump: { schedule_interval: 900 },
  }
}

function enrich(system: string, concept: string, part: string): Pipe {
  return {
    _id: `${system}-${concept}${part}-enrich`,
    type: 'pipe',
    source: { type: 'dataset', dataset: `${system}-${concept}${part}-collect` },
    transform: rules(['add', renamed, '_S.VatNumber'], ['add', 'name', ['lower', '_S.Name']], ['add', 'ref', '_S.Ref']),
  }
}

function global(concept: string, datasets: readonly string[]): Pipe {
  const named = datasets.map((dataset, at) => `${dataset} d${at}`)
  return {
    _id: `global-${concept}`,
    type: 'pipe',
    metadata: { global: true },
    source: {
      type: 'merge',
      version: 2,
      datasets: named,
      identity: 'first',
      equality_sets: [named.map((_, at) => `d${at}.ref`)],
    },
  }
}

/** One of two pipes that join each other's globals, a circular dependency. */
function relatedPipe(concept: string, other: string): Pipe {
  return {
    _id: `${concept}-related`,
    type: 'pipe',
    source: { type: 'dataset', dataset: `global-${concept}` },
    transform: rules(
      ['add', 'ref', ['string', '_S._id']],
      [
        'add',
        'others',
        ['hops', { datasets: [`global-${other} o`], where: ['eq', '_S.name', 'o.name'], return: 'o._id' }],
      ],
    ),
  }
}

function shared(system: string, concept: string): readonly Pipe[] {
  return [
    {
      _id: `${system}-${concept}-transform`,
      type: 'pipe',
      source: { type: 'dataset', dataset: `global-${concept}` },
      transform: rules(['add', 'taxId', `_S.${renamed}`], ['add', 'title', '_S.name']),
    },
    {
      _id: `${system}-${concept}-share`,
      type: 'pipe',
      source: { type: 'dataset', dataset: `${system}-${concept}-transform` },
      sink: { type: 'rest', system, operation: 'put' },
    },
  ]
}

/** The pipe whose rule is changed, and what is expected of it. */
const report: Pipe = {
  _id: 'supplier-report',
  type: 'pipe',
  source: { type: 'dataset', dataset: 'erp-supplier-enrich' },
  transform: rules(['add', 'tax', `_S.${renamed}`], ['add', 'label', '_S.name']),
  sink: { type: 'json' },
}

/** The node as files, in Sesam's layout. */
export function largeNode(): Readonly<Record<string, string>> {
  const pipes: Pipe[] = []
  for (const [concept, having] of Object.entries(concepts)) {
    const own = having.flatMap((system) =>
      nameEndings.slice(0, concept === 'customer' ? 4 : 3).map((part) => [system, part] as const),
    )
    // The customer has 19 datasets, one of which is in the circle.
    const merged = concept === 'customer' ? own.slice(0, 18) : own
    for (const [system, part] of merged) pipes.push(collect(system, concept, part), enrich(system, concept, part))
    const circle = concept === 'customer' || concept === 'order'
    const datasets = merged.map(([system, part]) => `${system}-${concept}${part}-enrich`)
    pipes.push(global(concept, circle ? [...datasets, `${concept}-related`] : datasets))
    if (circle) pipes.push(relatedPipe(concept, concept === 'customer' ? 'order' : 'customer'))
    for (const system of systems.slice(0, concept === 'customer' ? 12 : 7)) pipes.push(...shared(system, concept))
  }
  const files: Record<string, string> = {
    'node-metadata.conf.json': text({ _id: 'node', type: 'metadata' }),
    'test-env.json': text({ 'node-env': 'test' }),
    'expected/supplier-report.test.json': text({}),
    'expected/supplier-report.json': text([
      { _id: 's1', label: 'SUPPLIER 1', tax: 'NO1' },
      { _id: 's2', label: 'SUPPLIER 2', tax: 'NO2' },
    ]),
  }
  const operations = { list: { url: 'list', method: 'GET' }, put: { url: 'put', method: 'POST' } }
  for (const _id of systems)
    files[`systems/${_id}.conf.json`] = text({
      _id,
      type: 'system:rest',
      url_pattern: `https://${_id}.example/%s`,
      operations,
    })
  for (const pipe of [...pipes, report]) files[`pipes/${pipe._id}.conf.json`] = text(pipe)
  return files
}

function text(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
