import type { CleverRecord } from '../source/source.js';
import type { ConvertContext, NeutralRow } from './context.js';
import { addMembersWithoutPlace, textOf } from './members.js';
import { metadataCells } from './metadata.js';

/** The district as an org. */
export function districtRow(record: CleverRecord, context: ConvertContext): NeutralRow {
  const { losses } = context;
  addMembersWithoutPlace('districts', record, context, losses);
  const [nces, mdr] = [textOf(record, 'nces_id'), textOf(record, 'mdr_number')];
  if (nces !== '' && mdr !== '') {
    losses.add('no_place', 'mdr_number of a district with an nces_id', 'orgs');
  } else if (mdr !== '') {
    losses.add('choice', 'mdr_number as identifier of a district without an nces_id', 'orgs', 'identifier');
  }
  return {
    file: 'orgs',
    cells: {
      sourcedId: context.district,
      name: nameOf(record, context),
      type: 'district',
      identifier: nces || mdr,
    },
  };
}

/** A school as an org below the district. */
export function schoolRow(record: CleverRecord, context: ConvertContext): NeutralRow {
  addMembersWithoutPlace('schools', record, context, context.losses);
  return {
    file: 'orgs',
    cells: {
      sourcedId: record.id,
      name: nameOf(record, context),
      type: 'school',
      identifier: textOf(record, 'school_number'),
      parentSourcedId: context.district,
      ...metadataCells('orgs', record, context),
    },
  };
}

function nameOf(record: CleverRecord, { losses }: ConvertContext): string {
  const name = textOf(record, 'name');
  if (name === '') {
    losses.add('invented', 'the Clever id as name', 'orgs', 'name');
  }
  return name || record.id;
}
