/** A small model to look at: customers and orders of a CRM and of a shop, as files that go the same way as a person's own. */

import { addFiles } from './add-records.ts'
import { changeQuestion, endQuestion, questionFiles, useFileQuestion } from './file-question.ts'
import { linkToConcept } from './link.ts'

const sampleFiles: Readonly<Record<string, string>> = {
  'crm-customer.csv': `id,name,email,phone,city
1,Ada Lovelace,Ada@Example.org,+47 900 10 001,Trondheim
2,Grace Hopper,grace@example.org,+47 900 10 002,Oslo
3,Edsger Dijkstra,edsger@example.org,,Bergen
4,Kari Solberg,kari@sol.example,412 55 810,Oslo
5,Per Berg,per.berg@example.org,900 10 005,Tromsø
`,
  'crm-order.csv': `id,customer_id,number,amount,status
101,1,A-1001,1499,open
102,1,A-1002,250,sent
103,2,A-1003,980,sent
104,4,A-1004,75,open
`,
  'shop-customer.csv': `no,name,email,phone,town
a,"LOVELACE, ADA",ada@example.org,90010001,Trondheim
b,Grace Hopper,GRACE@example.org,90010002,Oslo
c,Solveig Aas,solveig@example.org,90010007,Stavanger
d,Kari Solberg,kari@sol.example,41255810,OSLO
`,
  'shop-order.csv': `no,customer_no,number,amount,status
9001,a,A-1001,1499,paid
9002,b,A-1003,980,paid
9003,c,A-2001,320,open
`,
}

const sampleLinks = [
  ['crm', 'customer'],
  ['shop', 'customer'],
  ['crm', 'order'],
  ['shop', 'order'],
] as const

/** Adds the files to the model, and links each to its concept as the data suggests. */
export async function addSampleModel(
  label: string,
  linkStep: (datatype: string, concept: string) => string,
): Promise<void> {
  await questionFiles(
    Object.entries(sampleFiles).map(([name, text]) => new File([text], name, { type: 'text/csv' })),
    false,
  )
  for (const { id, file } of useFileQuestion.getState().files)
    changeQuestion(id, { key: { columns: [file.name.startsWith('crm') ? 'id' : 'no'] } })
  await addFiles(label, useFileQuestion.getState().files)
  endQuestion()
  for (const [system, datatype] of sampleLinks)
    await linkToConcept({ system, datatype }, datatype, linkStep(`${system} ${datatype}`, datatype))
}
