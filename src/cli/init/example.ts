import { schemaLine } from '../../import/write-stanza.ts';

/** A manifest to begin with: what every module of records can have, in the three ways in which a field is declared. */
export function exampleManifest(module: string, schema: string): string {
  return `${schemaLine(schema)}
#
# An example to change: put in what you need, take out what you do not. "plan" shows what differs from Zoho and writes
# nothing; "apply" creates what is missing, after a question, and changes nothing else.
module: ${module}
fields:
  # Created where it is missing. Its API name and data type can never be changed afterwards.
  - api_name: Partner_Reference
    field_label: Partner Reference
    data_type: text
    length: 50
    tooltip: The number that the partner knows this by

  - api_name: Risk_Level
    field_label: Risk Level
    data_type: picklist
    pick_list_values: [Low, Medium, High]

  # Must be there already, and is never created or changed.
  - api_name: Owner
    data_type: ownerlookup
    create: false
`;
}
