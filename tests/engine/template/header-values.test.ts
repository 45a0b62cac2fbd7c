/** Headers by any spelling of their names, and the links of a Link header. */
import { expect, test } from 'vitest'
import { HeaderValues } from '../../../engine-worker/template/header-values.ts'
import { compileTemplate, renderProgram } from '../../../engine-worker/template/render.ts'

function render(template: string, headers: Record<string, string>): string {
  const values = new HeaderValues(headers, 'https://web/api/men/?page=2')
  return renderProgram(compileTemplate(template), { headers: values })
}

const link = '<?page=1>; rel="prev", <?page=3>; rel="next"; title="a, b", <https://x/last>; rel=last'

test.each([
  ['{{ headers.Link.next }}', 'https://web/api/men/?page=3'],
  ['{{ headers.link.next }}', 'https://web/api/men/?page=3'],
  ["{{ headers['LINK']['prev'] }}", 'https://web/api/men/?page=1'],
  ['{{ headers.link.last }}', 'https://x/last'],
  ['{%if (headers.link.next is defined)%}{{headers.link.next}}{%endif%}', 'https://web/api/men/?page=3'],
  ['{{ headers.link.first is defined }}', 'False'],
  ["{{ headers.link.split(',')[0] }}", '<?page=1>; rel="prev"'],
  ["{{ headers['X-Next'] }} {{ headers['x-next'] }}", '7 7'],
  ["{{ headers.get('X-NEXT') }}", '7'],
])('%s', (template, wanted) => {
  expect(render(template, { link, 'x-next': '7' })).toBe(wanted)
})

test('a response without links has none of them', () => {
  expect(render('{{ headers.link.next is defined }}', {})).toBe('False')
})
