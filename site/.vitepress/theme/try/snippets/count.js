import { createCleverClient } from 'clever-sdk';

const clever = createCleverClient({ ...sandbox.clientOptions(), dangerouslyAllowBrowser: true });
const district = clever.district({ token: sandbox.districts[0].token });

// One small request for each, however many records there are.
console.log('schools', await district.schools.count());
console.log('sections', await district.sections.count());
console.log('people', await district.users.count());
