/** The customers of two systems and their orders: three CSV files. */

export const crm = `id,name,email
c1,Ada Lovelace,ada@example.org
c2,Grace Hopper,grace@example.org
c3,Edsger Dijkstra,edsger@example.org
`

export const billing = `number,address,email
b7,12 St James Square,ada@example.org
b8,1 Navy Way,grace@example.org
b9,3 Oak Street,barbara@example.org
`

export const orders = `order,email,amount,status
o1,ada@example.org,100.50,paid
o2,ada@example.org,20.25,open
o3,grace@example.org,7.75,paid
o4,barbara@example.org,12.00,paid
o5,nobody@example.org,99.00,paid
`

export const files = [
  { name: 'crm.csv', text: crm },
  { name: 'billing.csv', text: billing },
  { name: 'orders.csv', text: orders },
]
