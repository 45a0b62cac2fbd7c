/**
 * Three CSV files in the usual format of Norwegian spreadsheets: semicolons, decimal commas, dd.mm.yyyy, Windows-1252.
 */

export const kunder = `Kundenr;Navn;E-post;Telefon;Kunde siden;Kredittgrense;Postnr;By
01001;Åse Bjørnstad;Ase.Bjornstad@example.no;912 34 567;03.02.2019;12 500,50;6002;Ålesund
01002;Ola Nordmann;ola.nordmann@example.no;998 87 766;15.11.2020;8 000,00;9008;Tromsø
01003;Kåre Sørlie;kare@sorlie.no;41223344;31.12.2018;1 250,75;8006;Bodø
01004;Ingrid Ødegård;ingrid@odegard.no;;01.07.2021;300,00;0155;Oslo
01005;Per Ås;per.as@example.no;22 33 44 55;29.02.2020;15 000,00;1337;Bærum
01006;Siri Hæge;siri@haege.no;4141 414;31.02.2021;4 200,00;9600;Hammerfest
`

export const customers = `id,full_name,email,mobile,created,balance
A-1,Aase Bjornstad,ASE.BJORNSTAD@EXAMPLE.NO,+47 912 34 567,2019-03-01,100.25
A-2,Ola Nordmann,ola.nordmann@example.no,+47 998 87 766,2020-11-20,0
A-3,Kare Sorlie,Kare@Sorlie.no,+47 412 23 344,2019-01-02,12.5
A-4,New Person,new@person.no,+47 906 55 443,2022-05-06,7
`

export const ordrer = `Ordrenr;Kunde-epost;Dato;Beløp;Status
5001;ase.bjornstad@example.no;12.01.2024;1 499,90;Levert
5002;ase.bjornstad@example.no;20.02.2024;250,00;Kansellert
5003;ola.nordmann@example.no;03.03.2024;12 000,00;Levert
5004;kare@sorlie.no;04.03.2024;99,50;Levert
5005;kare@sorlie.no;05.03.2024;1 000,00;Levert
5006;nobody@nowhere.no;06.03.2024;10,00;Levert
`

/** The bytes of a text in Windows-1252, for letters that it shares with ISO 8859-1. */
export function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}
