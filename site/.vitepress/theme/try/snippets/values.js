import { normalizeGrade, parseDob } from 'clever-sdk';
import { normalizeSubject } from 'clever-sdk/values';

// Districts write values in many ways. What was sent stays beside what it means.
console.log(normalizeGrade('Kindergarten'));
console.log(normalizeGrade('7'));
console.log(normalizeSubject('math'));
console.log(parseDob('5/14/2012'));
