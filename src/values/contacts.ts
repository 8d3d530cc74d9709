import { type Guard, known, type OpenEnum } from './known.js';

/** Every phone type that Clever documents, in Clever's spelling. */
export const KNOWN_PHONE_TYPES = ['Cell', 'Home', 'Work', 'Other'] as const;

/** A phone type that Clever documents. */
export type KnownPhoneType = (typeof KNOWN_PHONE_TYPES)[number];

/** A phone type: a documented one, or any other text, `''` included. */
export type PhoneType = OpenEnum<KnownPhoneType>;

/** Whether a value is a phone type that Clever documents. */
export const isKnownPhoneType: Guard<KnownPhoneType> = /* @__PURE__ */ known(KNOWN_PHONE_TYPES);

/** Every relationship of a contact to a student that Clever documents, in Clever's spelling. */
export const KNOWN_RELATIONSHIPS = ['Parent', 'Grandparent', 'Self', 'Aunt/Uncle', 'Sibling', 'Other'] as const;

/** A relationship of a contact to a student that Clever documents. */
export type KnownRelationship = (typeof KNOWN_RELATIONSHIPS)[number];

/** A relationship of a contact to a student: a documented one, or any other text, `''` included. */
export type Relationship = OpenEnum<KnownRelationship>;

/** Whether a value is a relationship of a contact to a student that Clever documents. */
export const isKnownRelationship: Guard<KnownRelationship> = /* @__PURE__ */ known(KNOWN_RELATIONSHIPS);

/** Every kind of contact that Clever documents, in Clever's spelling. */
export const KNOWN_RELATIONSHIP_TYPES = [
  'Parent/Guardian',
  'Emergency',
  'Primary',
  'Secondary',
  'Family',
  'Other',
] as const;

/** A kind of contact that Clever documents. */
export type KnownRelationshipType = (typeof KNOWN_RELATIONSHIP_TYPES)[number];

/** A kind of contact: a documented one, or any other text, `''` included. */
export type RelationshipType = OpenEnum<KnownRelationshipType>;

/** Whether a value is a kind of contact that Clever documents. */
export const isKnownRelationshipType: Guard<KnownRelationshipType> = /* @__PURE__ */ known(KNOWN_RELATIONSHIP_TYPES);
