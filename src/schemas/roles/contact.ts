import * as z from 'zod';
import {
  KNOWN_PHONE_TYPES,
  KNOWN_RELATIONSHIP_TYPES,
  KNOWN_RELATIONSHIPS,
  type PhoneType,
  type Relationship,
  type RelationshipType,
} from '../../values/contacts.js';
import { openEnum } from '../enumerations.js';
import { looseRecord, optional } from '../loose.js';

/** The relationship of a contact to one student. */
export interface StudentRelationship {
  /** Id of the student. */
  student?: string | null;
  relationship?: Relationship | null;
  type?: RelationshipType | null;
}

/** Schema of {@link StudentRelationship}. */
export const studentRelationshipSchema = looseRecord<StudentRelationship>()({
  student: optional(z.string()),
  relationship: optional(openEnum(KNOWN_RELATIONSHIPS)),
  type: optional(openEnum(KNOWN_RELATIONSHIP_TYPES)),
}).meta({ title: 'StudentRelationship', description: 'The relationship of a contact to one student.' });

/**
 * The members that a contact (a guardian or another person to call) has below `roles.contact`. Never
 * combined with another role.
 *
 * Without a `sis_id` the contact's Clever id is not stable: any change deletes the contact and creates a new one.
 * Source: dev.clever.com, "Contacts and Guardians".
 */
export interface ContactRole {
  /** Often `''` (observed). */
  sis_id?: string | null;
  phone?: string | null;
  phone_type?: PhoneType | null;
  student_relationships?: StudentRelationship[] | null;
  /** The id that this person had as a contact in API v2. */
  legacy_id?: string | null;
}

/** Schema of {@link ContactRole}. */
export const contactRoleSchema = looseRecord<ContactRole>()({
  sis_id: optional(z.string()),
  phone: optional(z.string()),
  phone_type: optional(openEnum(KNOWN_PHONE_TYPES)),
  student_relationships: optional(z.array(studentRelationshipSchema)),
  legacy_id: optional(z.string()),
}).meta({ title: 'ContactRole', description: 'The members that a contact has below the contact role.' });
